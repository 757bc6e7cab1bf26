/**
 * The ways out that are ill: e-mail, a gateway, a robot. Kept here, so that every worker knows it, a restart finds it, and
 * the office sees it (docs/design.md, "Deliveries").
 */
import { sql } from 'kysely';
import type { Database } from './database.js';

/** Real milliseconds since 1970. */
type Moment = number;

export interface Illness {
  /** `email`, `sms`, `wecom 区级工作群`. */
  way: string;
  /** Whose fault the last refusal was, and its code. */
  fault: string;
  reason: string;
  since: Moment;
  /** How many tries in a row were refused. */
  failures: number;
  /** Nobody tries before. */
  nextTryAt: Moment;
  /** Since something was taken again; it may yet fall ill anew. */
  wellSince: Moment | null;
  /** The office was told that it is ill. */
  toldAt: Moment | null;
}

const columns = sql`way, fault, reason, since, failures, next_try_at as "nextTryAt", well_since as "wellSince",
  told_at as "toldAt"`;

/** In the order in which they fell ill. */
export async function illnesses({ db }: Database): Promise<Illness[]> {
  const { rows } = await sql<Illness>`select ${columns} from channel_health order by since, way`.execute(db);
  return rows;
}

/** A way was refused. Answers how it stands now: an illness that is hardly over goes on. */
export async function noteRefusal(
  { db }: Database,
  { way, fault, reason }: Pick<Illness, 'way' | 'fault' | 'reason'>,
  at: Moment,
  pauseAfter: (failures: number) => number,
): Promise<Illness> {
  const { rows } = await sql<Illness>`
    insert into channel_health (way, fault, reason, since, failures, next_try_at)
    values (${way}, ${fault}, ${reason}, ${at}, 1, ${at + pauseAfter(1)})
    on conflict (way) do update set
      fault = excluded.fault, reason = excluded.reason, well_since = null,
      failures = case when channel_health.well_since is null then channel_health.failures + 1 else 1 end
    returning ${columns}`.execute(db);
  const noted = rows[0]!;
  const nextTryAt = at + pauseAfter(noted.failures);
  await sql`update channel_health set next_try_at = ${nextTryAt} where way = ${way}`.execute(db);
  return { ...noted, nextTryAt };
}

/** One worker at a time tries a way that is ill. The others leave it alone until `until`. */
export async function mayTry({ db }: Database, way: string, from: Moment, until: Moment): Promise<boolean> {
  const { rows } = await sql`
    update channel_health set next_try_at = ${until}
    where way = ${way} and well_since is null and next_try_at <= ${from} returning 1`.execute(db);
  return rows.length > 0;
}

/** Other ways whose servers did not answer may be tried at once: perhaps it was our line. */
export async function noteRecovery({ db }: Database, way: string, at: Moment): Promise<void> {
  await sql`
    update channel_health set
      well_since = case when way = ${way} then ${at}::double precision end,
      next_try_at = case when way = ${way} then next_try_at else least(next_try_at, ${at}::double precision) end
    where well_since is null and (way = ${way} or fault = 'server')`.execute(db);
}

/** Claims to tell the office of an illness, so that of several workers one does. `false`: it has been claimed. */
export async function claimTelling({ db }: Database, way: string, at: Moment): Promise<boolean> {
  const { rows } = await sql`
    update channel_health set told_at = ${at} where way = ${way} and told_at is null returning 1`.execute(db);
  return rows.length > 0;
}

/** Nobody could be told: another try will do. */
export async function giveBackTelling({ db }: Database, way: string): Promise<void> {
  await sql`update channel_health set told_at = null where way = ${way}`.execute(db);
}

/** Forgets an illness that has been over since `before`. `false`: somebody else did, or it is ill again. */
export async function closeIllness({ db }: Database, way: string, before: Moment): Promise<boolean> {
  const { rows } = await sql`
    delete from channel_health where way = ${way} and well_since <= ${before} returning 1`.execute(db);
  return rows.length > 0;
}

/** Forgets an illness that nobody has tried since `before`: nothing waits for the way, and perhaps it was put right. */
export async function forgetIllness({ db }: Database, way: string, before: Moment): Promise<void> {
  await sql`delete from channel_health where way = ${way} and well_since is null and next_try_at <= ${before}`.execute(
    db,
  );
}
