/** Invariants of statements and of where texts appeared, judged from the entries alone. */
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

/**
 * Statements are numbered in order. Each corrects at most one that was there before and that nobody has corrected, and two
 * that stand never say the same. A text appeared after it was issued to the public, not later than that was noted, and is not noted twice.
 */
export function publicWordFaults(entries: readonly Entry[]): string[] {
  const isDrill = of(entries, 'warning.issued')[0]?.data.drill;
  const known = new Set<string>();
  const standing = new Map<string, string>();
  const noted = new Set<string>();
  return of(entries, 'text.issued', 'statement.issued', 'appearance.noted').flatMap((entry) => {
    if (entry.kind === 'text.issued') {
      if (entry.data.audience === 'public') known.add(`${entry.data.notice}-${entry.data.version}`);
      return [];
    }
    if (entry.kind === 'appearance.noted') {
      const { textId, medium, at } = entry.data;
      const said = JSON.stringify(entry.data);
      const faults = [
        ...(known.has(textId) ? [] : [`${entry.seq} is of a text that nobody issued`]),
        ...(at <= entry.episodeTime ? [] : [`${entry.seq} is of a time to come`]),
        ...(noted.has(said) ? [`${entry.seq} notes ${textId} in ${medium} again`] : []),
      ];
      noted.add(said);
      return faults;
    }
    const { statementId, corrects, about, title, text, onPublicPages } = entry.data;
    const words = JSON.stringify({ about, title, text, onPublicPages });
    const faults = [
      ...(statementId === `t${[...known].filter((id) => id.startsWith('t')).length + 1}`
        ? []
        : [`${statementId} is out of order`]),
      ...(corrects === undefined || standing.has(corrects)
        ? []
        : [`${statementId} corrects ${corrects}, which does not stand`]),
      ...([...standing.values()].includes(words) ? [`${statementId} says what stands already`] : []),
      ...(isDrill || onPublicPages ? [] : [`${statementId} is hidden from the public`]),
    ];
    known.add(statementId);
    standing.set(statementId, words);
    if (corrects !== undefined) standing.delete(corrects);
    return faults;
  });
}
