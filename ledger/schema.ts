/** The tables for kysely. `migrations/` explains each. */
import type { ColumnType, Generated } from 'kysely';
import type { Restoration, Role } from '../episode/commands.js';
import type { MessageStanding } from '../episode/message-standing.js';
import type { UnitState } from '../episode/state-types.js';
import type { KnownContact, TextAudience, WayFault } from '../plan/types.js';
import type { EpisodeHead, UnitLateness } from './chain/fold.js';
import type { AccountChangeKind, ChangedFields, SignInOutcome, SignInWay } from './people/account-types.js';
import type { EpisodeAtHandOver } from './people/episode-at-hand-over.js';
import type { ImportContent } from './people/import-content.js';

/** Written as text, read as the value. */
type Json<T> = ColumnType<T, string, string>;

export interface Schema {
  entries: {
    chain_id: string;
    seq: number;
    kind: string;
    unit_id: string | null;
    actor_role: string | null;
    account_id: string | null;
    clause: string | null;
    episode_time: number | null;
    canonical: string;
    hash: string;
  };
  commands: { chain_id: string; command_id: string; body_hash: string; seq: number };
  editions: { hash: string; content: string };
  papers: { paper_id: string; name: string; media_type: string; content: Uint8Array };
  text_drafts: {
    episode_id: string;
    notice_id: string;
    audience: TextAudience;
    title: string;
    text: string;
    number: string | null;
    after_version: number;
    revision: number;
    saved_at: number;
  };
  bindings: { hash: string; content: string };
  episodes: {
    episode_id: string;
    phase: string;
    drill: boolean;
    opened_at: number;
    head: Json<EpisodeHead>;
    binding_hash: string;
  };
  episode_units: { episode_id: string; unit_id: string; position: number; state: Json<UnitState> } & UnitLateness;
  problems: {
    episode_id: string;
    problem_id: string;
    unit_id: string;
    number: number;
    reported_at: number;
    open: boolean;
    seq: number;
    settled_seq: number | null;
  };
  messages: {
    episode_id: string;
    message: string;
    unit_id: string | null;
    number: number;
    state: MessageStanding;
    seqs: number[];
  };
  interruptions: { episode_id: string };
  restorations: {
    restoration_id: string;
    episode_id: string;
    restoration: Json<Restoration>;
    noted_at: Generated<Date>;
  };
  perhaps_sent: { episode_id: string; message: string };
  notices: {
    scope: string;
    number: string;
    content_hash: string;
    command_id: string;
    episode_id: string;
    kind: 'start' | 'adjust' | 'lift' | 'number';
    claimed_at: number;
  };
  deliveries: {
    episode_id: string;
    message: string;
    contact: string;
    channel: string;
    state: 'sending' | 'taken' | 'failed';
    at: Generated<Date>;
    message_id: string | null;
    reason: string | null;
    receipt: 'awaited' | 'delivered' | 'undelivered' | null;
    receipt_at: Date | null;
    pressed: Generated<boolean>;
    handed_over: Generated<boolean>;
    perhaps_twice: Generated<boolean>;
  };
  channels: { way: string; limits: Json<string[]>; taken_at: number | null };
  channel_health: {
    way: string;
    fault: WayFault;
    reason: string;
    since: number;
    failures: number;
    next_try_at: number;
    well_since: number | null;
    told_at: number | null;
    telling_until: number | null;
  };
  accounts: {
    account_id: string;
    username: string;
    name: string;
    password_hash: string | null;
    password_until: number | null;
    must_change_password: boolean;
    password_chosen: Generated<boolean>;
    role: Exclude<Role, 'system'>;
    unit_id: string | null;
    disabled: Generated<boolean>;
    generation: Generated<number>;
    code_secret: string | null;
    code_since: number | null;
    code_step: number | null;
    recovery_hashes: Generated<string[]>;
    identity: string | null;
    last_sign_in_at: number | null;
    created_at: Generated<Date>;
  };
  account_changes: {
    seq: Generated<number>;
    account_id: string;
    at: number;
    by: string;
    kind: AccountChangeKind;
    fields: Json<ChangedFields>;
  };
  sign_ins: {
    seq: Generated<string>;
    account_id: string;
    at: number;
    outcome: SignInOutcome;
    way: SignInWay;
    address: string;
    device: string;
  };
  sessions: {
    sid_hash: string;
    account_id: string | null;
    generation: number | null;
    data: Json<object>;
    expires_at: Date;
  };
  sign_in_tickets: {
    ticket_hash: string;
    account_id: string;
    generation: number;
    expires_at: number;
  };
  tokens: {
    token_id: string;
    token_hash: string;
    name: string;
    role: Exclude<Role, 'system'>;
    unit_id: string | null;
    scope: 'read' | 'act';
    created_by: string;
    created_at: number;
    expires_at: number;
    last_used_at: number | null;
    revoked_by: string | null;
    revoked_at: number | null;
  };
  exports: {
    seq: Generated<string>;
    at: number;
    account_id: string;
    role: Exclude<Role, 'system'>;
    name: string;
    path: string;
    episode_id: string | null;
    unit_id: string | null;
    address: string;
    device: string;
  };
  contacts: { holder: string; list: Json<KnownContact[]> };
  duty_rows: {
    holder: string;
    date: string;
    from_time: string;
    until_time: string;
    contact_id: string;
    shift: string | null;
  };
  duty_overrides: {
    seq: Generated<number>;
    override_id: string;
    holder: string;
    contact_id: string;
    from_at: number;
    until_at: number;
    reason: string | null;
    entered_by: string;
    entered_at: number;
    cancelled_by: string | null;
    cancelled_at: number | null;
  };
  hand_overs: {
    number: Generated<number>;
    hand_over_id: string;
    from_name: string;
    conditions: string;
    actions: string | null;
    needs: string | null;
    episodes: Json<EpisodeAtHandOver[]>;
    written_by: string;
    written_at: number;
    corrects: string | null;
  };
  hand_over_acknowledgements: {
    hand_over_id: string;
    name: string;
    acknowledged_by: string;
    acknowledged_at: number;
  };
  roster_imports: {
    import_id: string;
    account_id: string;
    made_at: number;
    preview: Json<unknown>;
    content: Json<ImportContent> | null;
    confirmed_at: number | null;
  };
  idempotency_keys: { command_id: string; body_hash: string; done: boolean; at: Generated<Date> };
  settings: { key: string; value: string };
  personal_data: { reference: string; content: string; at: Generated<Date> };
  attachments: {
    attachment_id: string;
    owner: string;
    size: number;
    media_type: string;
    name: string;
    uploaded_by: string;
    at: Generated<Date>;
  };
  archives: {
    chain_id: string;
    run_id: string;
    previous_run_id: string | null;
    sha256: string;
    bytes: number;
    content: Uint8Array;
    at: Generated<Date>;
  };
  archiving_tries: { episode_id: string; at: Date; fault: string | null };
}
