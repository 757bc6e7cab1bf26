import { nextReminder } from '../../district/due.js';
import type { DistrictEntry, RevisionState } from '../../district/entries.js';
import { DISTRICT_CHAIN, isOverdue } from '../../district/state.js';
import type { DistrictRecord } from '../../ledger/chain/district.js';
import { readDistrict } from '../../ledger/chain/district.js';
import { isInterrupted } from '../../ledger/interruptions.js';
import { grouped } from '../../lib/grouped.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';

type Of<K extends DistrictEntry['kind']> = Extract<DistrictEntry, { kind: K }>;

/** Those that are open first, by the day they are due; then those that are done, the last one first. */
export async function revisionsAnswer(context: Context, unitId?: string) {
  const { database } = context;
  const record = await readDistrict(database);
  const own = record.state.revisions.filter((one) => unitId === undefined || one.unitId === unitId);
  const open = own.filter(({ done }) => !done).sort((one, other) => one.dueAt - other.dueAt);
  const done = own.filter((one) => one.done).sort((one, other) => other.done!.seq - one.done!.seq);
  const view = viewsOf(context, record);
  return {
    items: [...open, ...done].map(view),
    ...((await isInterrupted(database, DISTRICT_CHAIN)) ? { interrupted: true as const } : {}),
  };
}

/** Shows revisions of the record as they stand now. */
export function viewsOf({ edition, clock }: Context, { entries }: DistrictRecord) {
  const byRevision = grouped(entries, ({ data }) => ('revisionId' in data ? data.revisionId : undefined));
  const nameOf = (unitId: string | undefined) =>
    unitId === undefined
      ? edition.plan.bodies.office.name
      : (edition.units.find((unit) => unit.unitId === unitId)?.name ?? unitId);
  return (revision: RevisionState) => {
    const { revisionId, what, unitId, clause, from, dueAt, told, done } = revision;
    const now = clock();
    const next = nextReminder(revision, now);
    const about = byRevision.get(revisionId)!;
    const all = <K extends DistrictEntry['kind']>(kind: K) => about.filter((one): one is Of<K> => one.kind === kind);
    const opened = all('revision.opened')[0]!;
    const [completed] = all('revision.done');
    return {
      revisionId,
      what,
      text: opened.data.text,
      ...(opened.data.subject === undefined ? {} : { subject: opened.data.subject }),
      ...(unitId === undefined ? {} : { unitId }),
      owner: nameOf(unitId),
      clause,
      from,
      openedAt: opened.at,
      dueAt: beijingIso(dueAt),
      status: done ? ('done' as const) : isOverdue(revision, now) ? ('overdue' as const) : ('open' as const),
      ...(told && {
        told: {
          stage: told.stage,
          at: beijingIso(told.at),
          ...(told.reached === undefined ? {} : { reached: told.reached }),
        },
      }),
      ...(next && { nextReminder: { stage: next.stage, at: beijingIso(next.at) } }),
      progress: all('revision.progressed').map(({ seq, at, actor, data }) => ({
        seq,
        at,
        by: actor.role,
        note: data.note,
      })),
      postponements: all('revision.postponed').map(({ seq, at, data }) => ({
        seq,
        at,
        dueAt: data.dueAt,
        reason: data.reason,
      })),
      ...(completed && {
        done: {
          seq: completed.seq,
          at: completed.at,
          note: completed.data.note,
          ...(completed.data.filing && { filing: completed.data.filing }),
          late: completed.data.late,
        },
      }),
    };
  };
}
