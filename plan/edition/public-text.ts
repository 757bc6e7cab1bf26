/** What the public is told of a level (§3.1.4): the danger, and what to do. */
import type { ResponseLevel } from '../types.js';
import type { KeptEdition } from './edition.js';

export interface PublicText {
  pollutant: string;
  area: string;
  danger: string;
  /** Sentences, in the order of the plan. */
  advice: string[];
}

type Words = Pick<KeptEdition, 'plan' | 'items' | 'sentenceOf'>;

export function publicTextAt({ plan, items, sentenceOf }: Words, level: ResponseLevel): PublicText {
  const { pollutant, area, danger, advice } = plan.publicInformation.published;
  const measures = items.filter(({ id, levels }) => advice.includes(id) && levels.includes(level));
  return { pollutant, area, danger: danger[level], advice: measures.map(({ id }) => sentenceOf(id)) };
}
