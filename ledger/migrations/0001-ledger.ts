import { type Kysely, sql } from 'kysely';

/** There is no way back: entries are never removed. */
const statements = [
  // The chains. `canonical` holds the exact bytes that `hash` is of; the other columns are what is searched by.
  `create table entries (
    chain_id text not null,
    seq integer not null check (seq > 0),
    kind text not null,
    unit_id text,
    canonical text not null,
    hash text not null,
    primary key (chain_id, seq)
  )`,
  `create index entries_by_unit on entries (chain_id, unit_id, seq) where unit_id is not null`,
  `create index entries_by_kind on entries (chain_id, kind, seq)`,
  `create function refuse_change() returns trigger language plpgsql as
    $$ begin raise exception 'entries are never changed or removed'; end $$`,
  `create trigger entries_are_kept before update or delete or truncate on entries
    for each statement execute function refuse_change()`,

  // Commands that made an entry; a repeat older than an episode remembers is found here.
  `create table commands (
    chain_id text not null,
    command_id text not null,
    body_hash text not null,
    seq integer not null,
    primary key (chain_id, command_id)
  )`,

  // Every edition that an episode may be bound to, by the hash of its content. No contacts: people are replaceable.
  `create table editions (hash text primary key, content text not null)`,

  // The part of an edition that episodes carry (plan/types.ts, `Binding`), by its hash: many episodes carry the same.
  `create table bindings (hash text primary key, content text not null)`,

  // The read model: the fold of an episode's entries, its head here and each unit in a row of its own.
  `create table episodes (
    episode_id text primary key,
    phase text not null,
    drill boolean not null,
    opened_at double precision not null,
    head json not null,
    binding_hash text not null references bindings
  )`,
  `create index episodes_by_opening on episodes (opened_at, episode_id)`,
  // One real episode is announced or active at a time (docs/design.md, "The ledger").
  `create unique index one_real_episode on episodes (drill)
    where not drill and phase in ('new', 'announced', 'active')`,
  `create table episode_units (
    episode_id text not null references episodes,
    unit_id text not null,
    position integer not null,
    state json not null,
    primary key (episode_id, unit_id)
  )`,

  // Of the read model too: the problems of daily reports, one a row, because their list crosses episodes. The words are in
  // the entry \`seq\`.
  `create table problems (
    episode_id text not null references episodes,
    problem_id text not null,
    unit_id text not null,
    number integer not null,
    reported_at double precision not null,
    open boolean not null,
    seq integer not null,
    settled_seq integer,
    primary key (episode_id, problem_id)
  )`,
  `create index problems_by_report on problems (reported_at, episode_id, number)`,
  `create index open_problems on problems (reported_at, episode_id, number) where open`,

  // Open episodes that the workers' last look found without a run (worker/revive.ts).
  `create table interruptions (episode_id text primary key)`,

  // Numbers of notices, claimed before the command: of real ones in the installation, of a drill within it.
  `create table notices (
    scope text not null,
    number text not null,
    content_hash text not null,
    command_id text not null unique,
    episode_id text not null,
    kind text not null,
    claimed_at double precision not null,
    primary key (scope, number)
  )`,

  // A message to one contact by one channel: \`sending\` before, \`taken\` or \`failed\` after the server's answer. Where
  // the server tells later whether it arrived, \`receipt\` says so, and \`pressed\` that a key was pressed in the call;
  // \`handed_over\` once the episode has it, or has ended.
  `create table deliveries (
    episode_id text not null,
    message text not null,
    contact text not null,
    channel text not null,
    state text not null check (state in ('sending', 'taken', 'failed')),
    at timestamptz not null default now(),
    message_id text,
    reason text,
    receipt text check (receipt in ('awaited', 'delivered', 'undelivered')),
    receipt_at timestamptz,
    pressed boolean not null default false,
    handed_over boolean not null default false,
    primary key (episode_id, message, contact, channel)
  )`,
  `create index deliveries_by_message_id on deliveries (channel, message_id) where receipt is not null`,
  `create index deliveries_to_hand_over on deliveries (receipt_at) where receipt_at is not null and not handed_over`,

  // A way out that is ill: e-mail, a gateway, a robot. Real milliseconds since 1970.
  `create table channel_health (
    way text primary key,
    fault text not null check (fault in ('account', 'policy', 'server')),
    reason text not null,
    since double precision not null,
    failures integer not null,
    next_try_at double precision not null,
    well_since double precision,
    told_at double precision,
    telling_until double precision
  )`,

  `create table accounts (
    account_id text primary key,
    username text not null unique,
    password_hash text not null,
    role text not null check (role in ('office', 'unit', 'supervisor', 'administrator')),
    unit_id text,
    must_change_password boolean not null,
    created_at timestamptz not null default now(),
    check ((role = 'unit') = (unit_id is not null))
  )`,
  `create table sessions (
    sid_hash text primary key,
    account_id text,
    data json not null,
    expires_at timestamptz not null
  )`,
  `create index sessions_by_account on sessions (account_id)`,
  `create index sessions_by_end on sessions (expires_at)`,

  // Contacts by holder: a unit, \`office\` or \`city\`. Personal data: replaceable, never in an entry.
  `create table contacts (holder text primary key, list json not null)`,
  // Claimed before the work of a request that no episode records, done after it.
  `create table idempotency_keys (
    command_id text primary key,
    body_hash text not null,
    done boolean not null,
    at timestamptz not null default now()
  )`,
  `create table settings (key text primary key, value text not null)`,

  // Histories of closed runs, gzipped; hash and size are of what was compressed. A run that continues another names it.
  `create table archives (
    chain_id text not null,
    run_id text not null,
    previous_run_id text,
    sha256 text not null,
    bytes integer not null,
    content bytea not null,
    at timestamptz not null default now(),
    primary key (chain_id, run_id)
  )`,
  // The last try to archive a closed episode; without a fault all its runs are archived.
  `create table archiving_tries (
    episode_id text primary key,
    at timestamptz not null,
    fault text
  )`,

  // Duty rosters by holder and day: \`HH:mm\`, Beijing. A shift from 20:00 until 08:00 ends on the next day.
  `create table duty_rows (
    holder text not null,
    date text not null,
    from_time text not null,
    until_time text not null,
    contact_id text not null,
    shift text,
    primary key (holder, date, from_time, until_time, contact_id)
  )`,
  `create index duty_rows_by_date on duty_rows (date)`,

  // Substitutes, in the order they were entered; the times are milliseconds. Who took over what from whom is kept.
  `create table duty_overrides (
    seq integer generated always as identity primary key,
    override_id text not null unique,
    holder text not null,
    contact_id text not null,
    from_at double precision not null,
    until_at double precision not null check (until_at > from_at),
    reason text,
    entered_by text not null,
    entered_at double precision not null,
    cancelled_by text,
    cancelled_at double precision,
    check ((cancelled_by is null) = (cancelled_at is null))
  )`,
  `create index duty_overrides_by_holder on duty_overrides (holder, until_at)`,
  `create function refuse_removal() returns trigger language plpgsql as
    $$ begin raise exception 'overrides are never removed, but cancelled'; end $$`,
  `create trigger overrides_are_kept before delete or truncate on duty_overrides
    for each statement execute function refuse_removal()`,

  // Files that were looked at and wait for confirmation; \`content\` is emptied when it is no longer needed.
  `create table roster_imports (
    import_id text primary key,
    account_id text not null,
    made_at double precision not null,
    preview json not null,
    content json,
    confirmed_at double precision
  )`,

  // Evidence by the hash of its bytes, once for each owner: a unit, or `office`. The bytes lie in the store of blobs/.
  `create table attachments (
    attachment_id text not null check (attachment_id ~ '^[0-9a-f]{64}$'),
    owner text not null,
    size integer not null check (size > 0),
    media_type text not null,
    name text not null,
    uploaded_by text not null,
    at timestamptz not null default now(),
    primary key (attachment_id, owner)
  )`,

  // Personal data that an entry refers to, such as the name of a caller. Kept here, so that it can be removed.
  `create table personal_data (
    reference text primary key,
    content text not null,
    at timestamptz not null default now()
  )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
