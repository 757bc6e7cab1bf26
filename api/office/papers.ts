/** Papers of an episode as files: as they left the house, or else as they would leave it now. */
import { circularPaper } from '../../documents/circular.js';
import { dayPaper, daySpreadsheet } from '../../documents/day.js';
import { DOCX_TYPE, docxOf } from '../../documents/docx.js';
import type { Paper } from '../../documents/paper.js';
import { reviewPaper } from '../../documents/review.js';
import { senderOf } from '../../documents/sender.js';
import { paperOfText } from '../../documents/text-to-paper.js';
import { XLSX_TYPE, xlsxOfSpreadsheet } from '../../documents/workbook.js';
import type { CommandBody, KeptFile } from '../../episode/commands.js';
import { decide } from '../../episode/decide/index.js';
import { digestOf } from '../../episode/digest.js';
import { problemsToldOn } from '../../episode/problems.js';
import { kindOf, own } from '../../episode/state.js';
import type { CircularState, EpisodeState } from '../../episode/state-types.js';
import { findAttachment } from '../../ledger/blobs/attachments.js';
import { keptEdition } from '../../ledger/editions.js';
import { type IssuedPaper, keepPaper, keptPaper } from '../../ledger/papers.js';
import { countDeliveries } from '../../ledger/reading/messages.js';
import { findEntries, findEntry } from '../../ledger/reading/reading.js';
import { reportsInForce } from '../../ledger/reading/reports.js';
import { addDays, beijingDate } from '../../plan/rules/calendar.js';
import { ADDED_TASKS, dayInWords } from '../../plan/wording/words.js';
import { actorOf, alreadyCarriedOut, identityOf } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import type { FoundEpisode } from '../engine/load-episode.js';
import { episodeNow } from '../engine/present.js';
import type { Call } from '../http/route.js';
import { reviewAnswer } from './review.js';

/** The day's paper: what the city was sent, or else the draft with this text. */
export async function digestFile(context: Context, state: EpisodeState, date: string, text: string) {
  const seq = own(state.digestsSubmitted, date)?.seq;
  return (await sentPaper(context, state, seq)) ?? (await newDigestPaper(context, state, date, text));
}

export async function newDigestPaper(
  context: Context,
  state: EpisodeState,
  date: string,
  text: string,
): Promise<IssuedPaper> {
  const paper = dayPaper(await dayOf(context, state, date), text, today(context, state));
  return officialFile(context, state, paper);
}

export async function digestSheets(context: Context, state: EpisodeState, date: string): Promise<IssuedPaper> {
  const content = await xlsxOfSpreadsheet(daySpreadsheet(await dayOf(context, state, date)));
  return { name: `${state.drill ? '【演练】' : ''}${dayInWords(date)}全区日报.xlsx`, mediaType: XLSX_TYPE, content };
}

async function dayOf({ database }: Context, state: EpisodeState, date: string) {
  const dayBefore = addDays(date, -1);
  const [reports, reportsBefore] = await Promise.all(
    [date, dayBefore].map((day) => reportsInForce(database, state, day)),
  );
  const digest = digestOf(state, date, reports!);
  const before = reportsBefore!.length === 0 ? undefined : digestOf(state, dayBefore, reportsBefore!);
  const seqs = problemsToldOn(state, date).map(({ problem }) => problem.seq);
  const problemEntries = await findEntries(database, state.episodeId, [...new Set(seqs)]);
  return { state, digest, before, reports: reports!, problemEntries };
}

/** The follow-up report: what the city was sent, or else the draft with this text. */
export async function followUpFile(context: Context, state: EpisodeState, text: string) {
  return (await sentPaper(context, state, state.followUp?.seq)) ?? (await newFollowUpPaper(context, state, text));
}

export async function newFollowUpPaper(context: Context, state: EpisodeState, text: string): Promise<IssuedPaper> {
  const date = today(context, state);
  const paper = paperOfText(text, { isDrill: state.drill, date, signedOn: dayInWords(date) });
  return officialFile(context, state, paper);
}

/** The review as it stands; once it is published it does not change any more. */
export async function reviewFile(context: Context, state: EpisodeState): Promise<IssuedPaper> {
  const { content, summaries } = await reviewAnswer(context, state.episodeId);
  const edition = await keptEdition(context.database, state.binding.editionHash);
  // What is sent after the publication changes the published paper no more.
  const { submittedAt, seq: until = state.head.seq } = state.review ?? {};
  const signedOn = submittedAt === undefined ? today(context, state) : beijingDate(submittedAt);
  const { taskGroups } = edition.plan;
  const paper = reviewPaper({
    state,
    content,
    summaries,
    sender: senderOf(edition),
    signedOn,
    cards: [...taskGroups, ADDED_TASKS],
    cardOf: ({ unitId }, taskId) =>
      edition.taskWordsOf(taskId, { unitId, kind: kindOf(state, unitId) })?.group ?? ADDED_TASKS,
    deliveries: await countDeliveries(context.database, state.episodeId, until),
  });
  return officialFile(context, state, paper);
}

/** The paper as an official document, in the fonts that the episode's edition names. */
export async function officialFile(
  { database }: Context,
  { binding }: EpisodeState,
  paper: Paper,
  name = `${paper.title}.docx`,
): Promise<IssuedPaper> {
  const { plan } = await keptEdition(database, binding.editionHash);
  return { name, mediaType: DOCX_TYPE, content: await docxOf(paper, plan.papers) };
}

/** A circular as it was issued. */
export async function circularFile(
  context: Context,
  state: EpisodeState,
  { seq }: CircularState,
): Promise<IssuedPaper> {
  const issued = await sentPaper(context, state, seq);
  if (!issued) throw new Error(`circular ${seq} of ${state.episodeId} without its file`);
  return issued;
}

export async function newCircularPaper(
  context: Context,
  state: EpisodeState,
  content: CircularRequest,
): Promise<IssuedPaper> {
  const edition = await keptEdition(context.database, state.binding.editionHash);
  const attachments = await Promise.all(
    (content.attachmentIds ?? []).map((id) => findAttachment(context.database, id)),
  );
  const paper = circularPaper({
    ...content,
    state,
    attachments: attachments.flatMap((one) => one?.name ?? []),
    sender: senderOf(edition),
    signedOn: today(context, state),
  });
  return officialFile(context, state, paper);
}

type CircularRequest = Omit<Extract<CommandBody, { kind: 'issueCircular' }>, 'kind'>;

type Submission = Extract<CommandBody, { kind: 'submitDigest' | 'submitFollowUp' | 'issueCircular' }>;

type PaperCall = Call<unknown, unknown, unknown, FoundEpisode>;

/** The command with the hash of its file, which is made and kept before. */
export async function withPaper(
  call: PaperCall,
  body: Submission,
  make: () => Promise<IssuedPaper>,
): Promise<Submission> {
  const paper = await keptBefore(call, body, make);
  return paper ? { ...body, paper: paper.hash } : body;
}

/** Keeps the file of a command that is to be carried out. A repeat, and what the episode would refuse, leaves none behind. */
export async function keptBefore(
  call: PaperCall,
  body: CommandBody,
  make: () => Promise<IssuedPaper>,
): Promise<KeptFile | undefined> {
  const { context, found } = call;
  const { episodeId, state } = found;
  if (await alreadyCarriedOut(call, episodeId, identityOf(call, call.body))) return undefined;
  const decision = decide(state, body, actorOf(call), episodeNow(context, state), state.clock);
  if (!Array.isArray(decision)) return undefined;
  const made = await make();
  return { hash: await keepPaper(context.database, made), name: made.name, size: made.content.length };
}

/** The file that the entry names. */
async function sentPaper({ database }: Context, state: EpisodeState, seq: number | undefined) {
  const entry = seq === undefined ? undefined : await findEntry(database, state.episodeId, seq);
  return entry && 'paper' in entry.data && typeof entry.data.paper === 'string'
    ? keptPaper(database, entry.data.paper)
    : undefined;
}

const today = (context: Context, state: EpisodeState): string => beijingDate(episodeNow(context, state));
