/** The office's own work: evaluation, follow-up report to the city, review (§4.3.4.5, §5.1, §5.2). */
import { beijingIso } from '../../plan/rules/calendar.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { Actor, CommandBody, Instant, Refusal, ReviewContent } from '../commands.js';
import { isDigested, isHandOverDue } from '../due.js';
import { hashOf } from '../hash-chain.js';
import { countHandedOver } from '../open-matters.js';
import { findUnit, isReviewPublished, own, unitsOf } from '../state.js';
import type { EpisodeState } from '../state-types.js';
import { type Decision, draft } from './decision.js';
import { refuse, refuseNow } from './refusals.js';

type Body<K extends CommandBody['kind']> = Extract<CommandBody, { kind: K }>;

/** §4.3.4.5: the effect of the measures, and supplements to them. */
export function evaluate(state: EpisodeState, { text, supplements }: Body<'evaluate'>, actor: Actor): Decision {
  if (state.responseLevel === undefined)
    return refuseNow(state, state.liftedAt === undefined ? 'responseNotStarted' : 'cancelled');
  return [draft('response.evaluated', actor, { text, supplements }, { clause: state.binding.rules.evaluation })];
}

/** The district's day goes to the city. Another text corrects the first. */
export function submitDigest(state: EpisodeState, { date, text, paper }: Body<'submitDigest'>, actor: Actor): Decision {
  if (!isDigested(state, date)) return refuse('digestMissing', state.binding.rules, { date });
  const contentHash = hashOf(text);
  const before = own(state.digestsSubmitted, date);
  if (before?.hash === contentHash) return { repeats: before.seq };
  const data = { date, text, ...(paper && { paper }), contentHash, ...(before && { corrects: before.seq }) };
  return [draft('digest.submitted', actor, data, { clause: state.binding.rules.daily })];
}

/** §5.1: to the city within a day of lifting; units that are late do not stop it. */
export function submitFollowUp(
  state: EpisodeState,
  { text, paper }: Body<'submitFollowUp'>,
  actor: Actor,
  now: Instant,
): Decision {
  if (!state.followUp) return refuseNow(state, 'notLifted');
  const { dueAt, seq, hash } = state.followUp;
  const contentHash = hashOf(text);
  if (seq !== undefined)
    return hash === contentHash ? { repeats: seq } : refuse('followUpSubmitted', state.binding.rules, { text });
  const data = { text, ...(paper && { paper }), dueAt: beijingIso(dueAt), late: now > dueAt, contentHash };
  return [draft('follow-up.submitted', actor, data, { clause: state.binding.rules.followUp })];
}

/** §5.2: written once the response has ended, as often as the office likes until it is published. */
export function saveReview(state: EpisodeState, { content }: Body<'saveReview'>, actor: Actor, now: Instant): Decision {
  if (!state.review) return refuseNow(state, 'notLifted');
  const contentHash = hashOf(content);
  if (state.review.savedSeq !== undefined && state.review.hash === contentHash)
    return { repeats: state.review.savedSeq };
  if (isReviewPublished(state))
    return refuse('reviewPublished', state.binding.rules, { conclusions: content.conclusions });
  const refused = refuseRevisions(state, content, now);
  if (refused) return refused;
  return [draft('review.saved', actor, { content, contentHash }, { clause: state.binding.rules.review })];
}

/** Each has an owner of this episode, and a day to come. */
function refuseRevisions(state: EpisodeState, { revisions = [] }: ReviewContent, now: Instant): Refusal | undefined {
  const { rules } = state.binding;
  for (const { unitId, dueAt } of revisions) {
    if (unitId !== undefined && !findUnit(state, unitId)) return refuse('unitUnknown', rules, { unitId });
    if (Date.parse(dueAt) <= now) return refuse('revisionTime', rules, { dueAt });
  }
  return undefined;
}

/** The entry names the units without a summary; they do not stop the publication. */
export function publishReview(state: EpisodeState, actor: Actor, now: Instant): Decision {
  if (!state.review) return refuseNow(state, 'notLifted');
  const { dueAt, seq, savedSeq } = state.review;
  if (seq !== undefined) return { repeats: seq };
  if (state.phase !== 'reviewing')
    return refuse('followUpOutstanding', state.binding.rules, { followUpDue: inWords(state.followUp?.dueAt ?? dueAt) });
  if (savedSeq === undefined) return refuse('reviewMissing', state.binding.rules, { dueAt: inWords(dueAt) });
  const owing = state.summaryDueAt === undefined ? [] : unitsOf(state);
  const missingSummaries = owing.filter(({ summary }) => summary?.seq === undefined).map(({ unitId }) => unitId);
  const data = { saved: savedSeq, dueAt: beijingIso(dueAt), late: now > dueAt, missingSummaries };
  return [draft('review.published', actor, data, { clause: state.binding.rules.review })];
}

/** The district's chain has what the review asks to be revised, and what was still open (workflows/handing-over.ts). */
export function recordHandOver(state: EpisodeState, actor: Actor): Decision {
  if (!isHandOverDue(state)) return { repeats: state.head.seq };
  return [draft('review.handed-over', actor, countHandedOver(state), { clause: state.binding.rules.review })];
}

const inWords = (moment: Instant): string => timeInWords(beijingIso(moment));
