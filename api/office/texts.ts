/** The texts of an episode's notices: drafted from the record, as the office has changed them, and as they were issued. */

import {
  type EnteredNotice,
  enteredFor,
  occasionOf,
  type WarningDraft,
  type WarningInput,
} from '../../documents/warning.js';
import { draftForPublic } from '../../documents/warning-public.js';
import { draftForUnits, noticePaper } from '../../documents/warning-units.js';
import { nextBroadcast } from '../../episode/broadcast.js';
import { policyInForce } from '../../episode/policy.js';
import type { EpisodeState, NoticeState } from '../../episode/state-types.js';
import { issuedTextOf, textsToIssue } from '../../episode/texts.js';
import { keptEdition } from '../../ledger/editions.js';
import type { IssuedPaper } from '../../ledger/papers.js';
import { contactsOf } from '../../ledger/people/contacts.js';
import { dutyDesk } from '../../ledger/people/duty-desk.js';
import { historyPage } from '../../ledger/reading/history.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { type TextDraft, textDrafts } from '../../ledger/text-drafts.js';
import { canBeTold } from '../../plan/people/contacts.js';
import { beijingDate, beijingIso } from '../../plan/rules/calendar.js';
import { TEXT_AUDIENCES, type TextAudience } from '../../plan/types.js';
import { noticeName } from '../../plan/wording/words.js';
import type { Context } from '../engine/context.js';
import { episodeNow } from '../engine/present.js';
import { officialFile } from './papers.js';

export interface TextAddress {
  noticeId: string;
  audience: TextAudience;
}

/** What the texts of an episode are made of, read once. */
interface TextSources extends Omit<WarningInput, 'noticeId'> {
  issued: Array<Extract<Awaited<ReturnType<typeof issuedTexts>>[number], { kind: 'text.issued' }>>;
  saved: TextDraft[];
}

export async function textSources(context: Context, state: EpisodeState): Promise<TextSources> {
  const { database } = context;
  const { episodeId } = state;
  const [edition, desk, entries, issued, saved] = await Promise.all([
    keptEdition(database, state.binding.editionHash),
    dutyDesk(database, episodeNow(context, state)),
    findEntries(
      database,
      episodeId,
      state.notices.map(({ seq }) => seq),
    ),
    issuedTexts(context, episodeId),
    textDrafts(database, episodeId),
  ]);
  const entered = entries.filter((entry): entry is EnteredNotice => 'notice' in entry.data && 'noticeId' in entry.data);
  return { state, edition, desk, entered, issued, saved };
}

/** The public media that a text can go to. */
export const mediaOf = async ({ database }: Context): Promise<number> =>
  (await contactsOf(database, 'media')).filter((one) => canBeTold('media', one)).length;

/** Newest first. Older ones than these are in the history. */
async function issuedTexts({ database }: Context, episodeId: string) {
  const { items } = await historyPage(database, episodeId, { kinds: ['text.issued'], order: 'newest', limit: 200 });
  return items.flatMap((entry) => (entry.kind === 'text.issued' ? [entry] : []));
}

/** The texts of the last notice first. */
export function textsAnswer(sources: TextSources, media: number) {
  const { state } = sources;
  return {
    items: state.notices
      .toReversed()
      .flatMap(({ noticeId }) => TEXT_AUDIENCES.map((audience) => textAnswer(sources, { noticeId, audience }))),
    toIssue: textsToIssue(state),
    broadcast: { media, ...broadcastAnswer(state) },
  };
}

function broadcastAnswer(state: EpisodeState) {
  const { broadcast } = state;
  const next = nextBroadcast(state);
  return {
    everyMinutes: policyInForce(state).broadcastEveryMinutes,
    ...(broadcast && { noticeId: broadcast.noticeId, seq: broadcast.seq, lastAt: beijingIso(broadcast.at) }),
    ...(next && { nextAt: beijingIso(next.at) }),
  };
}

export function textAnswer(sources: TextSources, address: TextAddress) {
  const { noticeId, audience } = address;
  const notice = sources.state.notices.find((one) => one.noticeId === noticeId)!;
  const versions = versionsOf(sources, address).map(({ seq, episodeTime, data }) => {
    const { notice: _, audience: __, ...said } = data;
    return { ...said, seq, issuedAt: episodeTime };
  });
  const { saved } = inHand(sources, address);
  return {
    noticeId,
    noticeName: noticeName(notice),
    occasion: occasionOf(enteredFor(sources.entered, noticeId)),
    effect: notice.effect,
    audience,
    ...wordsInHand(sources, address),
    revision: revisionOf(sources, address),
    ...(saved && { savedAt: beijingIso(saved.savedAt) }),
    draft: draftOf(sources, address),
    versions,
  };
}

/** What the office works on: its own words, or else those that were issued last, or else the draft. */
export function wordsInHand(
  sources: TextSources,
  address: TextAddress,
): WarningDraft & { status: 'draft' | 'saved' | 'issued' } {
  const { saved } = inHand(sources, address);
  const [last] = versionsOf(sources, address);
  if (saved && !(last && isSame(saved, last.data))) return { status: 'saved', ...wordsOf(saved) };
  return last ? { status: 'issued', ...wordsOf(last.data) } : { status: 'draft', ...draftOf(sources, address) };
}

/** `1.2`: one version issued, saved twice. */
export function revisionOf(sources: TextSources, address: TextAddress): string {
  const { version, row } = inHand(sources, address);
  return `${version}.${row?.revision ?? 0}`;
}

/** The saved draft, unless a later version was issued since. */
function inHand({ state, saved }: TextSources, { noticeId, audience }: TextAddress) {
  const version = issuedTextOf(state, noticeId, audience)?.version ?? 0;
  const row = saved.find((one) => one.noticeId === noticeId && one.audience === audience);
  return { version, row, saved: row?.afterVersion === version ? row : undefined };
}

const versionsOf = ({ issued }: TextSources, { noticeId, audience }: TextAddress) =>
  issued.filter(({ data }) => data.notice === noticeId && data.audience === audience);

const draftOf = (sources: TextSources, { noticeId, audience }: TextAddress): WarningDraft =>
  audience === 'units' ? draftForUnits({ ...sources, noticeId }) : draftForPublic({ ...sources, noticeId });

const wordsOf = ({ title, text, number }: WarningDraft): WarningDraft => ({
  title,
  text,
  ...(number ? { number } : {}),
});

const isSame = (one: WarningDraft, other: WarningDraft): boolean =>
  one.title === other.title && one.text === other.text && (one.number ?? '') === (other.number ?? '');

/** The notice to the units as a document. A draft says so on each page. */
export async function noticeFile(
  context: Context,
  sources: TextSources,
  { noticeId }: Pick<NoticeState, 'noticeId'>,
  words: WarningDraft,
  isDraft: boolean,
): Promise<IssuedPaper> {
  const { state } = sources;
  const signedOn = beijingDate(episodeNow(context, state));
  const paper = noticePaper({ ...sources, noticeId }, words, { signedOn, isDraft });
  const name = `${isDraft ? '【草稿】' : ''}${paper.title}.docx`;
  return officialFile(context, state, paper, name);
}

/** The file of an issued version, the last one without `version`. */
export const issuedVersion = (sources: TextSources, noticeId: string, version?: number) =>
  versionsOf(sources, { noticeId, audience: 'units' }).find(({ data }) => data.version === (version ?? data.version));
