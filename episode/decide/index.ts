/** Decides commands and the passing of time: the result is entries or a refusal. Nothing is changed here. */
import type { Actor, Clock, CommandBody, Instant, UnitCommandBody } from '../commands.js';
import { isHandingOver } from '../due.js';
import { findUnit } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { noteAppearance } from './appearances.js';
import { recordCall } from './calls.js';
import { acknowledgeCircular, answerCircular, closeCircular, issueCircular } from './circulars.js';
import { type Decision, draft } from './decision.js';
import { recordDeliveries, recordReceipt } from './deliveries.js';
import { explainBreach } from './explanations.js';
import { addUnit, adjust, lift, start } from './notices.js';
import { numberNotice } from './numbers.js';
import { evaluate, publishReview, recordHandOver, saveReview, submitDigest, submitFollowUp } from './office.js';
import { settleProblem } from './problems.js';
import { refer } from './referrals.js';
import { refuse, refuseClosed, whenOver } from './refusals.js';
import { resend } from './resends.js';
import { issueStatement } from './statements.js';
import { withStopped } from './stopped.js';
import { resume, suspend } from './suspensions.js';
import {
  addTask,
  cancelTask,
  completeTasks,
  declareNotApplicable,
  noteProgress,
  withdrawCompletion,
  withdrawNotApplicable,
} from './tasks.js';
import { issueText } from './texts.js';
import { acknowledge, reportImplementation, submitDailyReport, submitSummary } from './units.js';
import { urge } from './urges.js';

export { happening } from './deadlines.js';
export type { Decision } from './decision.js';
export { refuseKey, refuseStart, whenOver } from './refusals.js';

/** `now` is in episode time; `clock` is the clock that a start fixes for the episode. */
export function decide(state: EpisodeState, body: CommandBody, actor: Actor, now: Instant, clock: Clock): Decision {
  if (body.kind === 'start') return start(state, body, actor, now, clock);
  if (state.phase === 'new') return refuse('notStarted', state.binding.rules, { episodeId: state.episodeId });
  const refused = body.kind === 'recordDeliveries' && state.phase !== 'closed' ? undefined : whenOver(state);
  if (refused) return refused;
  // What is handed over is what the record shows for ever.
  if (actor.role !== 'system' && isHandingOver(state)) return refuseClosed(state);
  const decision = carryOut(state, body, actor, now);
  if (!Array.isArray(decision)) return decision;
  return withStopped(state, decision, body.kind === 'recordDeliveries' ? 'repeated' : 'answered');
}

function carryOut(
  state: EpisodeState,
  body: Exclude<CommandBody, { kind: 'start' }>,
  actor: Actor,
  now: Instant,
): Decision {
  switch (body.kind) {
    case 'adjust':
      return adjust(state, body, actor, now);
    case 'lift':
      return lift(state, body, actor, now);
    case 'numberNotice':
      return numberNotice(state, body, actor);
    case 'suspend':
      return suspend(state, body, actor, now);
    case 'resume':
      return resume(state, body, actor, now);
    case 'addUnit':
      return addUnit(state, body, actor, now);
    case 'evaluate':
      return evaluate(state, body, actor);
    case 'addTask':
      return addTask(state, body, actor, now);
    case 'cancelTask':
      return cancelTask(state, body, actor);
    case 'resend':
      return resend(state, body, actor);
    case 'urge':
      return urge(state, body, actor, now);
    case 'issueCircular':
      return issueCircular(state, body, actor, now);
    case 'closeCircular':
      return closeCircular(state, body, actor);
    case 'refer':
      return refer(state, body, actor);
    case 'submitDigest':
      return submitDigest(state, body, actor);
    case 'submitFollowUp':
      return submitFollowUp(state, body, actor, now);
    case 'issueText':
      return issueText(state, body, actor);
    case 'issueStatement':
      return issueStatement(state, body, actor);
    case 'noteAppearance':
      return noteAppearance(state, body, actor, now);
    case 'saveReview':
      return saveReview(state, body, actor, now);
    case 'publishReview':
      return publishReview(state, actor, now);
    case 'recordHandOver':
      return recordHandOver(state, actor);
    case 'recordDeliveries':
      return recordDeliveries(state, body.results, actor, now);
    case 'recordReceipt':
      return recordReceipt(state, body, actor);
    case 'recordRestoration': {
      const { kind: _, ...restoration } = body;
      return [draft('record.restored', actor, restoration)];
    }
    default: {
      const unit = findUnit(state, body.unitId);
      return unit
        ? decideForUnit(state, unit, body, actor, now)
        : refuse('unitUnknown', state.binding.rules, { unitId: body.unitId });
    }
  }
}

function decideForUnit(
  state: EpisodeState,
  unit: UnitState,
  body: UnitCommandBody,
  actor: Actor,
  now: Instant,
): Decision {
  switch (body.kind) {
    case 'acknowledge':
      return acknowledge(state, unit, body, actor);
    case 'reportImplementation':
      return reportImplementation(state, unit, body, actor);
    case 'noteProgress':
      return noteProgress(state, unit, body, actor);
    case 'completeTasks':
      return completeTasks(state, unit, body, actor, now);
    case 'withdrawCompletion':
      return withdrawCompletion(state, unit, body, actor, now);
    case 'declareNotApplicable':
      return declareNotApplicable(state, unit, body, actor);
    case 'withdrawNotApplicable':
      return withdrawNotApplicable(state, unit, body, actor);
    case 'submitDailyReport':
      return submitDailyReport(state, unit, body, actor, now);
    case 'settleProblem':
      return settleProblem(state, unit, body, actor, now);
    case 'submitSummary':
      return submitSummary(state, unit, body, actor, now);
    case 'acknowledgeCircular':
      return acknowledgeCircular(state, unit, body, actor);
    case 'answerCircular':
      return answerCircular(state, unit, body, actor, now);
    case 'explainBreach':
      return explainBreach(state, unit, body, actor);
    case 'recordCall':
      return recordCall(state, unit, body, actor);
  }
}
