/** What the reports to the city share: who signs, and figures in words. */
import type { SummedFigure } from '../episode/digest.js';
import type { KeptEdition } from '../plan/edition/edition.js';

export interface Sender {
  district: string;
  /** The office's name in full, as it signs. */
  office: string;
}

/** The plan calls the office by its name within the district. */
export function senderOf({ plan }: KeptEdition): Sender {
  const { district } = plan.edition;
  return { district, office: `${district}${plan.bodies.office.name.replace(/^区/, '')}` };
}

/** `已停产企业10家（尚差2家）`; what came to nothing is left out. */
export const figuresInWords = (figures: readonly SummedFigure[]): string[] =>
  figures
    .filter(({ sum, gap = 0 }) => sum > 0 || gap > 0)
    .map(({ name, sum, unit, gap = 0 }) => `${name}${sum}${unit}${gap > 0 ? `（尚差${gap}${unit}）` : ''}`);
