/** The tables for kysely. `migrations/` explains each. */
import type { ColumnType, Generated } from 'kysely';
import type { Role } from '../episode/commands.js';
import type { UnitState } from '../episode/state-types.js';
import type { KnownContact, WayFault } from '../plan/types.js';
import type { EpisodeHead } from './chain/fold.js';
import type { ImportContent } from './people/import-content.js';

/** Written as text, read as the value. */
type Json<T> = ColumnType<T, string, string>;

export interface Schema {
  entries: {
    chain_id: string;
    seq: number;
    kind: string;
    unit_id: string | null;
    canonical: string;
    hash: string;
  };
  commands: { chain_id: string; command_id: string; body_hash: string; seq: number };
  editions: { hash: string; content: string };
  bindings: { hash: string; content: string };
  episodes: {
    episode_id: string;
    phase: string;
    drill: boolean;
    opened_at: number;
    head: Json<EpisodeHead>;
    binding_hash: string;
  };
  episode_units: { episode_id: string; unit_id: string; position: number; state: Json<UnitState> };
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
  interruptions: { episode_id: string };
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
  };
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
    password_hash: string;
    role: Exclude<Role, 'system'>;
    unit_id: string | null;
    must_change_password: boolean;
    created_at: Generated<Date>;
  };
  sessions: { sid_hash: string; account_id: string | null; data: Json<object>; expires_at: Date };
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
