/** The warning as the unit that publishes it can put it out (§3.1.4). */
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { ValuesOf } from '../../plan/wording/placeholders.js';
import type { notice } from '../../plan/wording/shared-placeholders.js';
import type { EntryOf, MessageInput } from './message-input.js';

export function publicationsOf(
  { unitId, data }: EntryOf<'unit.notified'>,
  { edition }: MessageInput,
): ValuesOf<typeof notice>['publications'] {
  const { units, pollutant, area, danger, advice } = edition.plan.publicInformation.published;
  if (!units.includes(unitId)) return [];
  const level = responseLevelOf(data.level);
  const measures = edition.items.filter(({ id, levels }) => advice.includes(id) && levels.includes(level));
  return [
    { pollutant, area, danger: danger[level], advice: measures.map(({ id }) => edition.sentenceOf(id)).join('') },
  ];
}
