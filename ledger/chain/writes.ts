/** Statements that write many rows at once. Rows come as arrays, so that the text is the same for any number. */
import { type RawBuilder, sql } from 'kysely';
import type { StoredBinding } from './binding.js';
import type { ChainLine } from './chain.js';
import { type EpisodeHead, episodeColumns, type StoredMessage, type StoredProblem, type StoredUnit } from './fold.js';

export const insertEntries = (chainId: string, lines: readonly ChainLine[]): RawBuilder<unknown> => sql`
  insert into entries (chain_id, seq, kind, unit_id, actor_role, account_id, clause, episode_time, canonical, hash)
  select ${chainId}, * from unnest(
    ${lines.map(({ seq }) => seq)}::integer[],
    ${lines.map(({ kind }) => kind)}::text[],
    ${lines.map(({ unitId }) => unitId)}::text[],
    ${lines.map(({ actorRole }) => actorRole)}::text[],
    ${lines.map(({ accountId }) => accountId)}::text[],
    ${lines.map(({ clause }) => clause)}::text[],
    ${lines.map(({ episodeTime }) => episodeTime)}::double precision[],
    ${lines.map(({ canonical }) => canonical)}::text[],
    ${lines.map(({ hash }) => hash)}::text[])`;

/** A known id keeps its first entry, which answers repeats. */
export const insertCommands = (
  chainId: string,
  applied: ReadonlyArray<{ commandId: string; bodyHash: string; seq: number }>,
): RawBuilder<unknown> => sql`
  insert into commands (chain_id, command_id, body_hash, seq)
  select ${chainId}, * from unnest(
    ${applied.map(({ commandId }) => commandId)}::text[],
    ${applied.map(({ bodyHash }) => bodyHash)}::text[],
    ${applied.map(({ seq }) => seq)}::integer[])
  on conflict do nothing`;

export const insertBinding = ({ hash, content }: StoredBinding): RawBuilder<unknown> => sql`
  insert into bindings (hash, content) values (${hash}, ${content}) on conflict do nothing`;

export function insertEpisode(episodeId: string, bindingHash: string, head: EpisodeHead): RawBuilder<unknown> {
  const { phase, drill, opened_at, head: text } = episodeColumns(head);
  return sql`
    insert into episodes (episode_id, phase, drill, opened_at, head, binding_hash)
    values (${episodeId}, ${phase}, ${drill}, ${opened_at}, ${text}, ${bindingHash})`;
}

export function updateEpisode(episodeId: string, head: EpisodeHead): RawBuilder<unknown> {
  const { phase, drill, opened_at, head: text } = episodeColumns(head);
  return sql`
    update episodes set phase = ${phase}, drill = ${drill}, opened_at = ${opened_at}, head = ${text}
    where episode_id = ${episodeId}`;
}

export const upsertUnits = (episodeId: string, units: readonly StoredUnit[]): RawBuilder<unknown> => sql`
  insert into episode_units (episode_id, unit_id, position, state, late, missed)
  select ${episodeId}, unit_id, position, state::json, late, missed from unnest(
    ${units.map(({ unitId }) => unitId)}::text[],
    ${units.map(({ position }) => position)}::integer[],
    ${units.map(({ state }) => JSON.stringify(state))}::text[],
    ${units.map(({ late }) => late)}::integer[],
    ${units.map(({ missed }) => missed)}::integer[]) as unit (unit_id, position, state, late, missed)
  on conflict (episode_id, unit_id) do update
    set state = excluded.state, late = excluded.late, missed = excluded.missed`;

export const upsertProblems = (episodeId: string, problems: readonly StoredProblem[]): RawBuilder<unknown> => sql`
  insert into problems (episode_id, problem_id, unit_id, number, reported_at, open, seq, settled_seq)
  select ${episodeId}, * from unnest(
    ${problems.map(({ problemId }) => problemId)}::text[],
    ${problems.map(({ unitId }) => unitId)}::text[],
    ${problems.map(({ number }) => number)}::integer[],
    ${problems.map(({ reportedAt }) => reportedAt)}::double precision[],
    ${problems.map(({ open }) => open)}::boolean[],
    ${problems.map(({ seq }) => seq)}::integer[],
    ${problems.map(({ settledSeq }) => settledSeq)}::integer[])
  on conflict (episode_id, problem_id) do update
    set open = excluded.open, seq = excluded.seq, settled_seq = excluded.settled_seq`;

/** Numbers of entries are added to those that a row has. They go as text, because an array of arrays has to be square. */
export const upsertMessages = (episodeId: string, messages: readonly StoredMessage[]): RawBuilder<unknown> => sql`
  insert into messages (episode_id, message, unit_id, number, state, seqs)
  select ${episodeId}, message, unit_id, number, state, seqs::integer[] from unnest(
    ${messages.map(({ message }) => message)}::text[],
    ${messages.map(({ unitId }) => unitId)}::text[],
    ${messages.map(({ number }) => number)}::integer[],
    ${messages.map(({ state }) => state)}::text[],
    ${messages.map(({ seqs }) => `{${seqs.join(',')}}`)}::text[]) as told (message, unit_id, number, state, seqs)
  on conflict (episode_id, message) do update set
    state = case excluded.state when 'kept' then messages.state else excluded.state end,
    seqs = messages.seqs || excluded.seqs`;
