/** Invariants of calls and of the calling list, judged from the entries alone. */
import type { CallingRow } from '../calling-list.js';
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

/** Only a person who was reached acknowledges in a call, and each such acknowledgement follows its call. */
export function callFaults(entries: readonly Entry[]): string[] {
  return [
    ...of(entries, 'unit.called').flatMap(({ seq, data }) =>
      data.acknowledged && data.outcome !== 'reached' ? [`${seq} acknowledges without a person`] : [],
    ),
    ...of(entries, 'unit.acknowledged').flatMap(({ seq, unitId, data }) => {
      if (!data.call) return [];
      const before = entries[seq - 2];
      const isAnswer = before?.kind === 'unit.called' && before.unitId === unitId && before.data.acknowledged;
      return isAnswer ? [] : [`${seq} is acknowledged in a call that was not made`];
    }),
  ];
}

/** Nobody is called on after the acknowledgement, and whoever missed it and has not given it since is on the list. */
export function callingListFaults(list: readonly CallingRow[], entries: readonly Entry[]): string[] {
  const isOver = of(entries, 'response.ended', 'response.cancelled', 'drill.abandoned').length > 0;
  const answered = new Set(
    of(entries, 'unit.acknowledged').flatMap(({ unitId, data }) => data.noticeIds.map((id) => `${unitId} ${id}`)),
  );
  const takenOff = new Set(
    of(entries, 'deadline.withdrawn').flatMap(({ unitId, data }) =>
      data.deadline === 'acknowledgement' ? [`${unitId} ${data.noticeId}`] : [],
    ),
  );
  const listed = new Set(
    list.flatMap(({ unitId, why }) =>
      why.flatMap((one) => (one.deadline === 'acknowledgement' ? [`${unitId} ${one.noticeId}`] : [])),
    ),
  );
  const missed = of(entries, 'acknowledgement.missed').map(({ unitId, data }) => `${unitId} ${data.noticeId}`);
  const wanted = isOver ? [] : missed.filter((one) => !answered.has(one) && !takenOff.has(one));
  return [
    ...[...listed].filter((one) => answered.has(one)).map((one) => `${one} is called on after the answer`),
    ...wanted.filter((one) => !listed.has(one)).map((one) => `${one} is not on the calling list`),
    ...list.filter(({ why }) => why.length === 0).map(({ unitId }) => `${unitId} is called on for no reason`),
  ];
}
