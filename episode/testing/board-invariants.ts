import type { Entry } from '../entries.js';
import type { UnitRow } from '../views.js';
import { of } from './entries-of.js';
import { tasksTold } from './task-invariants.js';

const NOT_ARRIVED: ReadonlySet<string> = new Set(['notification.failed', 'notification.undelivered']);

const takenOffIn = (ofCircular: readonly Entry[]): boolean =>
  of(ofCircular, 'deadline.withdrawn').some(({ data }) => data.deadline === 'circular');

/** The board says what the ledger says: of every acknowledgement, report and message. */
export function boardFaults({ units }: { units: UnitRow[] }, entries: readonly Entry[]): string[] {
  const told = tasksTold(entries);
  return units.flatMap((row) => {
    const mine = entries.filter(({ unitId }) => unitId === row.unitId);
    const faults: string[] = [];
    const expect = (what: string, shown: unknown, told: unknown) => {
      if (shown !== told) faults.push(`${row.unitId}: the board shows ${what} ${shown}, the ledger ${told}`);
    };
    for (const { noticeId, status, kind } of [
      ...row.acknowledgements.map((one) => ({ ...one, kind: 'acknowledgement' as const })),
      ...(row.lifting ? [{ ...row.lifting, kind: 'lifting' as const }] : []),
    ]) {
      const answered = of(mine, 'unit.acknowledged').find(({ data }) => data.noticeIds.includes(noticeId));
      const missed = of(mine, `${kind}.missed`).some(({ data }) => data.noticeId === noticeId);
      const withdrawn = of(mine, 'deadline.withdrawn').some(
        ({ data }) => data.deadline === kind && data.noticeId === noticeId,
      );
      const told = answered
        ? answered.data.lateFor.includes(noticeId)
          ? 'late'
          : 'acknowledged'
        : missed
          ? 'missed'
          : withdrawn
            ? 'withdrawn'
            : 'pending';
      expect(`${kind} ${noticeId}`, status, told);
    }
    for (const { date, status } of row.dailyReports) {
      const submitted = of(mine, 'report.submitted').find(({ data }) => data.date === date);
      const missed = of(mine, 'report.missed').some(({ data }) => data.date === date);
      const told = submitted ? (submitted.data.late ? 'late' : 'submitted') : missed ? 'missed' : 'pending';
      expect(`report ${date}`, status, told);
    }
    for (const { circularId, status, answeredAt, closedAt } of row.circulars) {
      const ofIt = mine.filter(({ data }) => 'circularId' in data && data.circularId === circularId);
      const [given] = of(ofIt, 'circular.acknowledged');
      const without = of(ofIt, 'circular.missed').length > 0 ? 'missed' : takenOffIn(ofIt) ? 'withdrawn' : 'pending';
      expect(`circular ${circularId}`, status, given ? (given.data.late ? 'late' : 'acknowledged') : without);
      expect(`${circularId} answered`, answeredAt !== undefined, of(ofIt, 'circular.answered').length > 0);
      expect(`${circularId} closed`, closedAt !== undefined, of(ofIt, 'circular.closed').length > 0);
    }
    const statuses = [...(told.statuses.get(row.unitId)?.values() ?? [])];
    const standing = (status: string) => statuses.filter((one) => one === status).length;
    expect('tasks done', row.tasks.done, standing('done'));
    expect('tasks that apply', row.tasks.total, standing('done') + standing('open'));
    expect('tasks not applicable', row.tasks.notApplicable, standing('not-applicable'));
    expect('messages sent', row.messages.sent, of(mine, 'notification.sent').length);
    expect('messages delivered', row.messages.delivered, of(mine, 'notification.delivered').length);
    expect('messages not delivered', row.messages.undelivered, of(mine, 'notification.undelivered').length);
    expect('messages failed', row.messages.failed, of(mine, 'notification.failed').length);
    // A group robot is told besides, and what awaits its receipt has reached nobody yet.
    const lastOutcome = of(
      mine,
      'notification.sent',
      'notification.failed',
      'notification.delivered',
      'notification.undelivered',
    ).findLast(({ data }) => data.channel !== 'wecom' && !('awaitsReceipt' in data));
    if (row.unreachable) expect('unreachable after', NOT_ARRIVED.has(lastOutcome?.kind ?? ''), true);
    const isConfirmed = (row.lifting ?? row.acknowledgements.at(-1))?.acknowledgedAt !== undefined;
    expect('confirmed', row.confirmation === 'confirmed', isConfirmed);
    return faults;
  });
}
