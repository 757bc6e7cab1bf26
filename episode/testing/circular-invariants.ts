/** Invariants of circulars, judged from the entries alone. */
import type { Entry } from '../entries.js';
import { verdict } from './deadline-invariants.js';
import { type Of, of, time } from './entries-of.js';
import { isAtNight, LEVELS, valuesAt } from './level-invariants.js';

/** Each is sent once to each of its units and to no other, and has for each one outcome of each deadline. */
export const circularFaults = (entries: readonly Entry[], now: number): string[] =>
  of(entries, 'circular.issued').flatMap((issued, i) => {
    const { circularId, unitIds } = issued.data;
    const sent = of(entries, 'circular.sent').filter(({ data }) => data.circularId === circularId);
    const units = sent.map(({ unitId }) => unitId).sort();
    return [
      ...(circularId === `c${i + 1}` ? [] : [`${issued.seq} numbers ${circularId}`]),
      ...(JSON.stringify(units) === JSON.stringify([...unitIds].sort()) ? [] : [`${circularId} is sent to ${units}`]),
      ...sent.flatMap((one) => [
        ...(isDueByDay(entries, one) ? [] : [`${one.seq} lets a circular fall due at night`]),
        ...ofUnitFaults(entries, one, now),
      ]),
    ];
  });

function isDueByDay(entries: readonly Entry[], { data }: Of<'circular.sent'>): boolean {
  const { policy } = of(entries, 'warning.issued')[0]!.data;
  return !LEVELS.every((level) => isAtNight(time(data.dueAt), valuesAt(policy, level).quiet));
}

/** Acknowledged once; answers name the one before; closed once, and nothing of the unit's own after it. */
function ofUnitFaults(entries: readonly Entry[], { unitId, seq, data }: Of<'circular.sent'>, now: number): string[] {
  const { circularId, dueAt, answerDueAt } = data;
  const mine = entries.filter(
    (entry) =>
      entry.unitId === unitId && entry.seq > seq && 'circularId' in entry.data && entry.data.circularId === circularId,
  );
  const acknowledged = of(mine, 'circular.acknowledged');
  const answers = of(mine, 'circular.answered');
  const closed = of(mine, 'circular.closed');
  const takenOff = (deadline: string) =>
    of(mine, 'deadline.withdrawn').filter((one) => one.data.deadline === deadline).length;
  const late = <T extends { data: { late?: boolean } }>(done: T[]) => done.filter((one) => one.data.late).length;
  const settling = answers.filter((one) => one.data.late !== undefined);
  const name = `${circularId} of ${unitId}`;
  const own = [...acknowledged, ...answers];
  return [
    ...verdict(
      `acknowledgement of ${name}`,
      {
        inTime: acknowledged.length - late(acknowledged),
        late: late(acknowledged),
        missed: of(mine, 'circular.missed').length,
        withdrawn: takenOff('circular'),
      },
      time(dueAt) < now,
    ),
    ...(answerDueAt === undefined
      ? settling.map((one) => `${one.seq} is on time or late for nothing`)
      : verdict(
          `answer to ${name}`,
          {
            inTime: settling.length - late(settling),
            late: late(settling),
            missed: of(mine, 'measures.missed').length,
            withdrawn: takenOff('measures'),
          },
          time(answerDueAt) < now,
        )),
    ...answers.flatMap((one, i) =>
      one.data.corrects === answers[i - 1]?.seq && one.data.contentHash !== answers[i - 1]?.data.contentHash
        ? []
        : [`${one.seq} corrects ${one.data.corrects} of ${name}`],
    ),
    ...(answers.length > 0 && acknowledged.length === 0 ? [`${name} is answered and not acknowledged`] : []),
    ...(acknowledged.length + closed.length > 2 || closed.length > 1 ? [`${name} is settled twice`] : []),
    ...own.filter((one) => closed.some((close) => close.seq < one.seq)).map((one) => `${one.seq} comes after the end`),
  ];
}
