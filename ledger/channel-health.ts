/**
 * The ways out that are ill: e-mail, a gateway, a robot. Kept here, so that every worker knows it, a restart finds it, and
 * the office sees it (docs/design.md, "Deliveries").
 */
import type { WayFault } from '../plan/types.js';
import type { Database } from './database.js';

/** Real milliseconds since 1970. */
type Moment = number;

export interface Illness {
  /** `email`, `sms`, `wecom 区级工作群`. */
  way: string;
  /** Whose fault the last refusal was, and its code. */
  fault: WayFault;
  reason: string;
  since: Moment;
  /** How many tries in a row were refused. */
  failures: number;
  /** Nobody tries before. */
  nextTryAt: Moment;
  /** Since something was taken again; it may yet fall ill anew. */
  wellSince: Moment | null;
  /** The office was told that it is ill, and not yet that it is well. */
  toldAt: Moment | null;
}

const COLUMNS = [
  ...(['way', 'fault', 'reason', 'since', 'failures'] as const),
  ...(['next_try_at as nextTryAt', 'well_since as wellSince', 'told_at as toldAt'] as const),
] as const;

/** In the order in which they fell ill. */
export const illnesses = ({ db }: Database): Promise<Illness[]> =>
  db.selectFrom('channel_health').select(COLUMNS).orderBy('since').orderBy('way').execute();

/** A way was refused. An illness that is hardly over goes on. */
export async function noteRefusal(
  { db }: Database,
  { way, fault, reason, nextTryAt }: Pick<Illness, 'way' | 'fault' | 'reason' | 'nextTryAt'>,
  at: Moment,
): Promise<void> {
  const refused = { fault, reason, next_try_at: nextTryAt };
  await db
    .insertInto('channel_health')
    .values({ way, ...refused, since: at, failures: 1 })
    .onConflict((known) =>
      known.column('way').doUpdateSet((of) => ({
        ...refused,
        well_since: null,
        failures: of
          .case()
          .when('channel_health.well_since', 'is', null)
          .then(of('channel_health.failures', '+', 1))
          .else(1)
          .end(),
      })),
    )
    .execute();
}

/** One worker at a time tries a way that is ill. The others leave it alone until `until`. */
export async function mayTry({ db }: Database, way: string, from: Moment, until: Moment): Promise<boolean> {
  const tried = await db
    .updateTable('channel_health')
    .set({ next_try_at: until })
    .where('way', '=', way)
    .where('well_since', 'is', null)
    .where('next_try_at', '<=', from)
    .returning('way')
    .executeTakeFirst();
  return tried !== undefined;
}

/** Other ways whose servers did not answer may be tried at once: perhaps it was our line. */
export async function noteRecovery({ db }: Database, way: string, at: Moment): Promise<void> {
  const ill = db.updateTable('channel_health').where('well_since', 'is', null);
  await ill.set({ well_since: at }).where('way', '=', way).execute();
  await ill
    .set({ next_try_at: at })
    .where('way', '<>', way)
    .where('fault', '=', 'server')
    .where('next_try_at', '>', at)
    .execute();
}

/**
 * Claims to tell the office of an illness as it was seen, so that of several workers one does. A worker that dies meanwhile
 * has it until `until`; then another may. `false`: somebody tells it, or has, or it changed.
 */
export async function claimTelling(
  { db }: Database,
  { way, wellSince, toldAt }: Illness,
  at: Moment,
  until: Moment,
): Promise<boolean> {
  const claimed = await db
    .updateTable('channel_health')
    .set({ telling_until: until })
    .where('way', '=', way)
    .where('well_since', 'is not distinct from', wellSince)
    .where('told_at', 'is not distinct from', toldAt)
    .where((of) => of.or([of('telling_until', 'is', null), of('telling_until', '<=', at)]))
    .returning('way')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** `toldAt`: as the office now knows it. */
export async function endTelling({ db }: Database, way: string, toldAt: Moment | null): Promise<void> {
  await db.updateTable('channel_health').set({ told_at: toldAt, telling_until: null }).where('way', '=', way).execute();
}

/** Forgets an illness, if it is still as it was seen. `false`: somebody else has, or it changed. */
export async function endIllness({ db }: Database, { way, nextTryAt, wellSince }: Illness): Promise<boolean> {
  const ended = await db
    .deleteFrom('channel_health')
    .where('way', '=', way)
    .where('next_try_at', '=', nextTryAt)
    .where('well_since', 'is not distinct from', wellSince)
    .returning('way')
    .executeTakeFirst();
  return ended !== undefined;
}
