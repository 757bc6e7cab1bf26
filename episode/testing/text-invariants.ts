/** Invariants of the texts of a warning, judged from the entries alone. */
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

/**
 * The versions of a text ascend by one and say something else each; its notice was entered before. The public of a real
 * episode reads what is for it; what is for the units is on no public page.
 */
export function textFaults(entries: readonly Entry[]): string[] {
  const isDrill = of(entries, 'warning.issued')[0]?.data.drill;
  const entered = of(entries, 'warning.issued', 'level.adjusted', 'warning.lifted');
  const last = new Map<string, { version: number; words: string }>();
  return of(entries, 'text.issued').flatMap(({ seq, actor, data }) => {
    const { notice, audience, version, paper: _, ...said } = data;
    const key = `${notice}/${audience}`;
    const before = last.get(key);
    const words = JSON.stringify(said);
    last.set(key, { version, words });
    const shown = audience === 'public' && (!isDrill || said.onPublicPages);
    return [
      ...(version === (before?.version ?? 0) + 1 ? [] : [`${seq} is version ${version} of ${key}`]),
      ...(words === before?.words ? [`${seq} says the same as the version before`] : []),
      ...(entered.some((one) => one.data.noticeId === notice && one.seq < seq) ? [] : [`${seq} is of no notice`]),
      ...(said.onPublicPages === shown ? [] : [`${seq} is shown to the wrong people`]),
      ...(actor.role === 'system' ? [`${seq} is issued by nobody`] : []),
    ];
  });
}
