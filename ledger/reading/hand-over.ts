/** What goes on after an episode, as commands to the district's chain: the same whenever they are asked for. */
import type { CarriedMatter, Origin } from '../../district/entries.js';
import type { DistrictCommand } from '../../district/turn.js';
import type { Entry } from '../../episode/entries.js';
import { hashOf } from '../../episode/hash-chain.js';
import { type LeftOpen, openMatters } from '../../episode/open-matters.js';
import { policyInForce } from '../../episode/policy.js';
import { problemIn } from '../../episode/problems.js';
import { nameOf } from '../../episode/state.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { addDays, beijingDate, beijingInstant, beijingIso } from '../../plan/rules/calendar.js';
import type { OpenAtSeal } from '../../plan/types.js';
import type { Database } from '../database.js';
import { findEntries, findEntry, readState } from './reading.js';

/** A command and its entries have to fit into one turn. */
const MOST_BYTES = 200_000;

/** Of an episode that takes nothing any more; `seq`: the review that was published. */
export async function handOverCommands(database: Database, { episodeId, seq }: Origin): Promise<DistrictCommand[]> {
  const review = await findEntry(database, episodeId, seq);
  const state = await readState(database, episodeId);
  if (review?.kind !== 'review.saved' || review.clause === undefined || !state)
    throw new Error(`entry ${seq} of ${episodeId} is no review`);
  const { clause, data } = review;
  const revisions = (data.content.revisions ?? []).map((one): CarriedMatter => ({ ...one, clause, seq }));
  let after = 0;
  return inParts([...revisions, ...(await leftOpen(database, state))]).map((matters) => {
    const body = {
      kind: 'handOver' as const,
      episodeId,
      after,
      reminders: state.policy.revisionReminders,
      matters,
    };
    after += matters.length;
    return {
      commandId: `hand-over ${episodeId} ${body.after}`,
      bodyHash: hashOf(body),
      actor: { accountId: 'system', role: 'system' },
      body,
    };
  });
}

function inParts(matters: readonly CarriedMatter[]): CarriedMatter[][] {
  const parts: CarriedMatter[][] = [];
  let bytes = MOST_BYTES;
  for (const matter of matters) {
    const more = Buffer.byteLength(JSON.stringify(matter));
    if (bytes + more > MOST_BYTES) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)!.push(matter);
    bytes += more;
  }
  return parts;
}

async function leftOpen(database: Database, state: EpisodeState): Promise<CarriedMatter[]> {
  const open = openMatters(state);
  const seqs = [...new Set(open.map(({ seq }) => seq))];
  const entries = new Map((await findEntries(database, state.episodeId, seqs)).map((one) => [one.seq, one]));
  return open.map((matter) => carried(state, matter, entries.get(matter.seq)!));
}

function carried(state: EpisodeState, matter: LeftOpen, entry: Entry): CarriedMatter {
  const { what, seq, subject, unitId, owner } = matter;
  return {
    what,
    seq,
    subject,
    text: owner === 'unit' ? wordsOf(matter, entry) : `${nameOf(state, unitId)}：${wordsOf(matter, entry)}`,
    ...(owner === 'unit' ? { unitId } : {}),
    dueAt: beijingIso(Math.max(dueAfter(state, what), answerDueIn(entry))),
    clause: entry.clause!,
  };
}

function wordsOf({ subject, owner }: LeftOpen, entry: Entry): string {
  const problem = problemIn(entry, subject);
  if (problem) return `${problem.where}：${problem.what}`;
  if (entry.kind === 'unit.referred') return entry.data.reason;
  if (entry.kind !== 'circular.issued') throw new Error(`entry ${entry.seq} leaves nothing open`);
  const { title, number } = entry.data;
  const name = `《${title}》${number === undefined ? '' : `（${number}）`}`;
  return owner === 'unit' ? `${name}尚未答复` : `${name}已答复，尚未办结`;
}

const answerDueIn = (entry: Entry): number =>
  entry.kind === 'circular.issued' && entry.data.answerDueAt !== undefined ? Date.parse(entry.data.answerDueAt) : 0;

/** Published on the 10th, 15 days: due on the 25th at the end of the working day. */
function dueAfter(state: EpisodeState, what: OpenAtSeal): number {
  const { carriedOverDays, workdayEnd } = policyInForce(state);
  return beijingInstant(addDays(beijingDate(state.review!.submittedAt!), carriedOverDays[what]), workdayEnd);
}
