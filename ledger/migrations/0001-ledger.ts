import { type Kysely, sql } from 'kysely';

/** There is no way back: entries are never removed. */
const statements = [
  // The chains. `canonical` holds the exact bytes that `hash` is of; the other columns are what is searched by.
  `create table entries (
    chain_id text not null,
    seq integer not null check (seq > 0),
    kind text not null,
    unit_id text,
    actor_role text,
    account_id text,
    clause text,
    episode_time double precision,
    canonical text not null,
    hash text not null,
    primary key (chain_id, seq)
  )`,
  `create index entries_by_unit on entries (chain_id, unit_id, seq) where unit_id is not null`,
  `create index entries_by_kind on entries (chain_id, kind, seq)`,
  `create index entries_by_time on entries (chain_id, episode_time, seq)`,
  // One in ten or twenty: nearly all entries are the system's.
  `create index entries_by_people on entries (chain_id, seq) where actor_role <> 'system'`,
  // What everybody may read: a handful of an episode's thousands.
  `create index public_entries on entries (chain_id, seq)
    where kind in ('text.issued', 'statement.issued', 'review.published')`,
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

  // Papers as they left the house, byte for byte, by the hash of their bytes: entries name them by it.
  `create table papers (
    paper_id text primary key check (paper_id ~ '^[0-9a-f]{64}$'),
    name text not null,
    media_type text not null,
    content bytea not null,
    at timestamptz not null default now()
  )`,

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
    late integer not null,
    missed integer not null,
    primary key (episode_id, unit_id)
  )`,
  `create index episodes_by_unit on episode_units (unit_id)`,

  // Texts of warnings as the office is writing them. None of them is issued, so they are no part of the record.
  `create table text_drafts (
    episode_id text not null references episodes,
    notice_id text not null,
    audience text not null check (audience in ('units', 'public')),
    title text not null,
    text text not null,
    number text,
    after_version integer not null,
    revision integer not null,
    saved_at double precision not null,
    primary key (episode_id, notice_id, audience)
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

  // Of the read model too: every message of an episode, because most have left its state. What it is and what became of it
  // is in the entries \`seqs\`.
  `create table messages (
    episode_id text not null references episodes,
    message text not null,
    unit_id text,
    number integer not null,
    state text not null,
    seqs integer[] not null,
    primary key (episode_id, message)
  )`,
  `create index messages_by_number on messages (episode_id, number, message)`,

  // Open episodes that the workers' last look found without a run (worker/revive.ts).
  `create table interruptions (episode_id text primary key)`,

  // Restorations of a record that its own chain does not tell yet (episode/commands.ts).
  `create table restorations (
    restoration_id text primary key,
    episode_id text not null,
    restoration json not null,
    noted_at timestamptz not null default now()
  )`,
  // Messages that may have gone out although their rows in `deliveries` were lost.
  `create table perhaps_sent (
    episode_id text not null,
    message text not null,
    primary key (episode_id, message)
  )`,

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
    perhaps_twice boolean not null default false,
    primary key (episode_id, message, contact, channel)
  )`,
  `create index deliveries_by_message_id on deliveries (channel, message_id) where receipt is not null`,
  // Receipts that came before the id of their message was stored.
  `create table early_receipts (
    channel text not null,
    message_id text not null,
    outcome text not null check (outcome in ('delivered', 'undelivered')),
    reason text,
    pressed boolean not null,
    at timestamptz not null default now(),
    primary key (channel, message_id)
  )`,
  `create index deliveries_to_hand_over on deliveries (receipt_at) where receipt_at is not null and not handed_over`,

  // The ways out that the workers have: e-mail, a gateway, each robot and endpoint; and when something was last taken.
  `create table channels (
    way text primary key,
    limits json not null,
    taken_at double precision
  )`,

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

  // Whoever signs in. Without a hash nobody can by password; one that was issued ends at \`password_until\`, in real
  // milliseconds as all times here. Sessions of an earlier \`generation\` are void. One-time codes: the sealed secret, from when
  // they are asked for, and the last step that was accepted; a recovery code that was used is an empty hash. Identity:
  // the provider that signs the person in, and its id of the person.
  `create table accounts (
    account_id text primary key,
    username text not null unique,
    name text not null,
    password_hash text,
    password_until double precision,
    must_change_password boolean not null,
    password_chosen boolean not null default false,
    role text not null check (role in ('office', 'unit', 'supervisor', 'administrator')),
    unit_id text,
    disabled boolean not null default false,
    generation integer not null default 0,
    code_secret text,
    code_since double precision,
    code_step double precision,
    recovery_hashes text[] not null default '{}',
    identity text unique,
    last_sign_in_at double precision,
    created_at timestamptz not null default now(),
    check ((role = 'unit') = (unit_id is not null))
  )`,
  `create index accounts_by_unit on accounts (unit_id) where unit_id is not null`,
  // Who did what to an account. Kept as entries are.
  `create table account_changes (
    seq integer generated always as identity primary key,
    account_id text not null references accounts,
    at double precision not null,
    by text not null,
    kind text not null,
    fields json not null
  )`,
  `create index account_changes_by_account on account_changes (account_id, seq)`,
  `create trigger account_changes_are_kept before update or delete or truncate on account_changes
    for each statement execute function refuse_change()`,
  // Successful and failed sign-ins, for half a year.
  `create table sign_ins (
    seq bigint generated always as identity primary key,
    account_id text not null references accounts,
    at double precision not null,
    outcome text not null,
    way text not null,
    address text not null,
    device text not null
  )`,
  `create index sign_ins_by_account on sign_ins (account_id, seq)`,
  `create table sessions (
    sid_hash text primary key,
    account_id text,
    generation integer,
    data json not null,
    expires_at timestamptz not null
  )`,
  // The password was right, the one-time code is still to come. By the hash of each.
  `create table sign_in_tickets (
    ticket_hash text primary key,
    account_id text not null references accounts,
    generation integer not null,
    expires_at double precision not null
  )`,
  `create index sessions_by_account on sessions (account_id)`,
  `create index sessions_by_end on sessions (expires_at)`,

  // Tokens by which programs act, by the hash of each. Kept after their end: entries name them.
  `create table tokens (
    token_id text primary key,
    token_hash text not null unique,
    name text not null,
    role text not null check (role in ('office', 'unit', 'supervisor', 'administrator')),
    unit_id text,
    scope text not null check (scope in ('read', 'act')),
    created_by text not null,
    created_at double precision not null,
    expires_at double precision not null,
    last_used_at double precision,
    revoked_by text,
    revoked_at double precision,
    check ((role = 'unit') = (unit_id is not null))
  )`,

  // Who took what out, when and from where: a download, or a list of people. \`account_id\` may be that of a token. Kept as
  // entries are.
  `create table exports (
    seq bigint generated always as identity primary key,
    at double precision not null,
    account_id text not null,
    role text not null,
    name text not null,
    path text not null,
    episode_id text,
    unit_id text,
    address text not null,
    device text not null
  )`,
  `create index exports_by_account on exports (account_id, seq)`,
  `create trigger exports_are_kept before update or delete or truncate on exports
    for each statement execute function refuse_change()`,

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

  // What one shift of the duty desk leaves to the next. A correction is another note that names the one it takes the place of.
  `create table hand_overs (
    number integer generated always as identity primary key,
    hand_over_id text not null unique,
    from_name text not null,
    conditions text not null,
    actions text,
    needs text,
    episodes json not null,
    written_by text not null,
    written_at double precision not null,
    corrects text unique references hand_overs (hand_over_id)
  )`,
  `create table hand_over_acknowledgements (
    hand_over_id text primary key references hand_overs (hand_over_id),
    name text not null,
    acknowledged_by text not null,
    acknowledged_at double precision not null
  )`,
  `create function refuse_change_of_hand_over() returns trigger language plpgsql as
    $$ begin raise exception 'hand-overs are never changed or removed'; end $$`,
  `create trigger hand_overs_are_kept before update or delete or truncate on hand_overs
    for each statement execute function refuse_change_of_hand_over()`,
  `create trigger hand_over_acknowledgements_are_kept before update or delete or truncate on hand_over_acknowledgements
    for each statement execute function refuse_change_of_hand_over()`,

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

  // What people see that is in no entry tells of its changes (ledger/changes.ts). An append tells by itself. Per row where
  // most statements change none.
  `create function tell_of_change() returns trigger language plpgsql as
    $$ begin perform pg_notify('changes', json_build_object('what', tg_argv[0])::text); return null; end $$`,
  ...[
    ['channel_health', 'insert or update or delete', 'row', 'channels'],
    ['interruptions', 'insert or delete', 'row', 'interruptions'],
    ['contacts', 'insert or update or delete', 'statement', 'people'],
    ['duty_rows', 'insert or update or delete', 'statement', 'people'],
    ['duty_overrides', 'insert or update', 'statement', 'people'],
    ['sessions', 'delete', 'row', 'sessions'],
    ['tokens', 'update of revoked_at', 'row', 'sessions'],
  ].map(
    ([table, change, each, what]) =>
      `create trigger changes_are_told after ${change} on ${table} for each ${each} execute function tell_of_change('${what}')`,
  ),
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
