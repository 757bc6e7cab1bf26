/** Verifies a stored chain and its read model, trusting neither. */

import { createHash } from 'node:crypto';
import { setImmediate as otherWork } from 'node:timers/promises';
import { type ExpressionBuilder, sql } from 'kysely';
import { jsonArrayFrom, jsonObjectFrom } from 'kysely/helpers/postgres';
import { beginFolding, type Folding } from '../../episode/batch-evolve.js';
import type { Entry, EntryData } from '../../episode/entries.js';
import { canonical } from '../../episode/hash-chain.js';
import { begin } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import type { Database } from '../database.js';
import { faultsOfPapers } from '../papers.js';
import { entryOf } from '../reading/reading.js';
import { papersNamedBy } from '../references.js';
import type { Schema } from '../schema.js';
import {
  type ChainLine,
  follows,
  LedgerConflict,
  type SearchColumns,
  START,
  searchColumnsOf,
  sha256,
  type Tail,
} from './chain.js';
import {
  episodeColumns,
  headOf,
  type MessageRows,
  noteMessages,
  problemRowsOf,
  type StoredMessage,
  type StoredProblem,
  type StoredUnit,
  unitRowsOf,
} from './fold.js';
import { noteVerification } from './verification-figures.js';

export interface Verification {
  valid: boolean;
  /** Number of entries. */
  entries: number;
  /** Hash of the last entry. */
  head?: string;
  /** The first number that is missing or does not hold. */
  firstBadSeq?: number;
  /** The first hundred differences, in Chinese. */
  differences: string[];
}

const PAGE = 500;
const UNITS_AT_ONCE = 50;
const MOST_DIFFERENCES = 100;

/** The findings of the walk along a chain so far. */
interface Walk {
  tail: Tail;
  entries: number;
  /** The fold so far. None for a chain that is no episode's, or after the first fault. */
  folding: Folding | undefined;
  /** The rows of messages so far. */
  messages: MessageRows;
  /** Hash of the stored binding that the episode carries. */
  bindingHash?: string;
  /** Hash of the edition, as the first entry names it. */
  editionHash?: string;
  /** The papers that its entries name. */
  papers: Set<string>;
  /** How many of them the record itself says are lost. */
  papersLost: number;
  firstBadSeq?: number;
  differences: string[];
}

/** Verifications under way, by chain. Each folds a whole chain, so a process does one at a time. */
const underWay = new WeakMap<Database, Map<string, Promise<Verification>>>();

/**
 * Recomputes every hash and link of a chain from the stored text. For an episode it also folds the entries again,
 * compares the read model, and checks the edition and the binding that the first entry names, and every paper that an
 * entry names. It reads in pages and lets other work in between; entries appended meanwhile are included. Callers share a
 * verification that is under way.
 */
export async function verify(database: Database, chainId: string): Promise<Verification> {
  const verifications = underWay.get(database) ?? new Map<string, Promise<Verification>>();
  underWay.set(database, verifications);
  const shared = verifications.get(chainId);
  if (shared) return shared;
  const before = [...verifications.values()].at(-1);
  const verification = Promise.allSettled([before])
    .then(() => verifyAlone(database, chainId))
    .finally(() => verifications.delete(chainId));
  verifications.set(chainId, verification);
  return verification;
}

async function verifyAlone(database: Database, chainId: string): Promise<Verification> {
  const { walk, readModel } = await walkChain(database, chainId);
  if (walk.folding) {
    walk.differences.push(...(await differencesOf(walk.folding.state(), readModel)));
    if (digestOfMessages(walk.messages.values()) !== readModel.messages)
      walk.differences.push('读模型中消息的状态与台账不符');
  }
  if (walk.editionHash) walk.differences.push(...(await faultsOfEdition(database, walk.editionHash)));
  walk.differences.push(...(await faultsOfPapers(database, [...walk.papers], walk.papersLost)));
  const { entries, tail, firstBadSeq, differences } = walk;
  noteVerification(chainId, differences.length === 0);
  return {
    valid: differences.length === 0,
    entries,
    ...(entries > 0 ? { head: tail.hash } : {}),
    ...(firstBadSeq === undefined ? {} : { firstBadSeq }),
    differences: differences.slice(0, MOST_DIFFERENCES),
  };
}

/** An episode's read model, folded from its entries. Throws `LedgerConflict` when the chain does not hold. */
export async function foldedEntries(
  database: Database,
  episodeId: string,
): Promise<{ state: EpisodeState; messages: StoredMessage[] }> {
  const { folding, messages, differences } = (await walkChain(database, episodeId)).walk;
  if (!folding) throw new LedgerConflict(`${episodeId}: ${differences[0] ?? 'not an episode'}`);
  return { state: folding.state(), messages: [...messages.values()] };
}

/** Walks to the end of a chain. The read model is of the moment at which that was the end. */
async function walkChain(database: Database, chainId: string): Promise<{ walk: Walk; readModel: ReadModel }> {
  const walk: Walk = {
    tail: START,
    entries: 0,
    messages: new Map(),
    papers: new Set(),
    papersLost: 0,
    ...(await beginningOf(database, chainId)),
    differences: [],
  };
  for (;;) {
    const lines = await linesAfter(database.db, chainId, walk.tail.seq).limit(PAGE).execute();
    for (const line of lines) take(walk, line);
    await otherWork();
    if (lines.length < PAGE) break;
  }
  const { lines, ...readModel } = await readEnd(database, chainId, walk.tail.seq);
  for (const line of lines) take(walk, line);
  return { walk, readModel };
}

async function beginningOf({ db }: Database, chainId: string): Promise<Pick<Walk, 'folding' | 'bindingHash'>> {
  const stored = await db
    .selectFrom('episodes')
    .innerJoin('bindings', 'hash', 'binding_hash')
    .select(['hash', 'content'])
    .where('episode_id', '=', chainId)
    .executeTakeFirst();
  if (!stored) return { folding: undefined };
  const bindingHash = sha256(stored.content);
  const isWhole = bindingHash === stored.hash;
  return { bindingHash, folding: isWhole ? beginFolding(begin(chainId, JSON.parse(stored.content))) : undefined };
}

function take(walk: Walk, line: ChainLine): void {
  const found = entryIn(line, walk.tail);
  if (typeof found === 'string') {
    walk.firstBadSeq ??= walk.tail.seq + 1;
    walk.differences.push(`第 ${line.seq} 条：${found}`);
    walk.folding = undefined;
  } else {
    if (found.kind === 'warning.issued') checkBinding(walk, found.data);
    if (walk.folding) {
      for (const paper of papersNamedBy(found)) walk.papers.add(paper);
      if (found.kind === 'record.restored') walk.papersLost += found.data.missing?.papers ?? 0;
      fold(walk, walk.folding, line, found);
    }
  }
  walk.tail = line;
  walk.entries += 1;
}

function checkBinding(walk: Walk, { edition, bindingHash }: EntryData['warning.issued']): void {
  walk.editionHash = edition.hash;
  if (walk.bindingHash === undefined || walk.bindingHash === bindingHash) return;
  walk.differences.push('过程所依据的单位、任务和时限与第 1 条所记的散列值不符');
  walk.folding = undefined;
}

function readable(line: ChainLine): Entry | undefined {
  try {
    return entryOf(line);
  } catch {
    return undefined;
  }
}

/** Somebody who rewrites a chain with all its hashes may still write a history that cannot have happened. */
function fold(walk: Walk, folding: Folding, { seq }: ChainLine, entry: Entry): void {
  try {
    noteMessages(walk.messages, entry, folding.fold(entry));
  } catch {
    walk.firstBadSeq ??= seq;
    walk.differences.push(`第 ${seq} 条：与此前的记录矛盾`);
    walk.folding = undefined;
  }
}

/** The entry of a line, or the fault of the line. */
function entryIn(line: ChainLine, tail: Tail): Entry | string {
  if (line.seq !== tail.seq + 1) return `此前缺少第 ${tail.seq + 1} 条`;
  if (sha256(line.canonical) !== line.hash) return '内容与散列值不符';
  const entry = readable(line);
  if (!entry) return '内容不是可读的记录';
  if (!follows(entry, tail)) return '与前一条的散列值不衔接';
  if (!isFiledAs(entry, line)) return '检索列与内容不符';
  return entry;
}

function isFiledAs(entry: Entry, line: ChainLine): boolean {
  const columns = searchColumnsOf(entry);
  return Object.entries(columns).every(([name, value]) => value === line[name as keyof SearchColumns]);
}

const linesAfter = (q: Pick<ExpressionBuilder<Schema, never>, 'selectFrom'>, chainId: string, seq: number) =>
  q
    .selectFrom('entries')
    .select(['seq', 'kind', 'unit_id as unitId', 'actor_role as actorRole', 'account_id as accountId', 'clause'])
    .select(['episode_time as episodeTime', 'canonical', 'hash'])
    .where('chain_id', '=', chainId)
    .where('seq', '>', seq)
    .orderBy('seq');

type ReadModel = Omit<Awaited<ReturnType<typeof readEnd>>, 'lines'>;

/** The entries appended since the last page, and the read model. One statement, so both are of one moment. */
const readEnd = ({ db }: Database, chainId: string, seq: number) =>
  db
    .selectNoFrom((q) => [
      jsonArrayFrom(linesAfter(q, chainId, seq)).as('lines'),
      jsonObjectFrom(
        q.selectFrom('episodes').select(['phase', 'drill', 'opened_at', 'head']).where('episode_id', '=', chainId),
      ).as('episode'),
      jsonArrayFrom(
        q
          .selectFrom('episode_units')
          .select(['unit_id as unitId', 'position', 'state', 'late', 'missed'])
          .where('episode_id', '=', chainId),
      ).as('units'),
      jsonArrayFrom(
        q
          .selectFrom('problems')
          .select([
            'problem_id as problemId',
            'unit_id as unitId',
            'number',
            'reported_at as reportedAt',
            'open',
            'seq',
            'settled_seq as settledSeq',
          ])
          .where('episode_id', '=', chainId),
      ).as('problems'),
      // Of a long episode there are too many to read at once: all are compared as one digest.
      q
        .selectFrom('messages')
        .select(
          sql<string>`md5(coalesce(string_agg(${MESSAGE_IN_DIGEST}, chr(10) order by message collate "C"), ''))`.as(
            'md5',
          ),
        )
        .where('episode_id', '=', chainId)
        .as('messages'),
    ])
    .executeTakeFirstOrThrow();

const MESSAGE_IN_DIGEST = sql`concat_ws(' ', message, coalesce(unit_id, '-'), number, state, array_to_string(seqs, ','))`;

function digestOfMessages(rows: Iterable<StoredMessage>): string {
  const lines = [...rows].map(({ message, unitId, number, state, seqs }) => ({
    message: Buffer.from(message),
    line: [message, unitId ?? '-', number, state, seqs.join(',')].join(' '),
  }));
  lines.sort((one, other) => Buffer.compare(one.message, other.message));
  return createHash('md5')
    .update(lines.map(({ line }) => line).join('\n'))
    .digest('hex');
}

async function faultsOfEdition({ db }: Database, hash: string): Promise<string[]> {
  const kept = await db.selectFrom('editions').select('content').where('hash', '=', hash).executeTakeFirst();
  if (!kept) return [`预案版本 ${hash} 不在库中`];
  return sha256(kept.content) === hash ? [] : [`预案版本 ${hash} 的内容与散列值不符`];
}

async function differencesOf(state: EpisodeState, { episode, units, problems }: ReadModel): Promise<string[]> {
  const { head, ...columns } = episodeColumns(headOf(state));
  const differences = same({ ...columns, head: JSON.parse(head) }, episode) ? [] : ['读模型中过程的状态与台账不符'];
  const folded = byUnit(unitRowsOf(state));
  const stored = byUnit(units);
  for (const [i, unitId] of [...new Set([...folded.keys(), ...stored.keys()])].entries()) {
    if (i % UNITS_AT_ONCE === 0) await otherWork();
    if (!same(folded.get(unitId), stored.get(unitId))) differences.push(`读模型中单位 ${unitId} 的状态与台账不符`);
  }
  differences.push(...differencesOfProblems(state, problems));
  return differences;
}

function differencesOfProblems(state: EpisodeState, problems: StoredProblem[]): string[] {
  const folded = byProblem(Object.values(state.units).flatMap((unit) => problemRowsOf(unit)));
  const stored = byProblem(problems);
  return [...new Set([...folded.keys(), ...stored.keys()])]
    .filter((id) => !same(folded.get(id), stored.get(id)))
    .map((id) => `读模型中问题 ${id} 的状态与台账不符`);
}

const byProblem = (rows: StoredProblem[]): Map<string, StoredProblem> =>
  new Map(rows.map((row) => [row.problemId, row]));

const byUnit = (rows: StoredUnit[]): Map<string, StoredUnit> => new Map(rows.map((row) => [row.unitId, row]));

const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);
