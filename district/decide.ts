/** Decides the commands of the district's chain and the passing of its time. Nothing is changed here. */
import type { Actor, Instant, Refusal } from '../episode/commands.js';
import { grouped } from '../lib/grouped.js';
import { quoted } from '../lib/quoted.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { recordDistrictDeliveries, recordDistrictReceipt } from './deliveries.js';
import { remindersDue } from './due.js';
import type { DistrictCommandBody, DistrictDraft, DistrictState, RevisionState } from './entries.js';
import { DISTRICT_RULES_VERSION, findRevision } from './state.js';

const SYSTEM: Actor = { accountId: 'system', role: 'system' };

export type DistrictDecision = DistrictDraft[] | { repeats: number } | Refusal;

type Body<K extends DistrictCommandBody['kind']> = Extract<DistrictCommandBody, { kind: K }>;

export function decideDistrict(
  state: DistrictState,
  body: DistrictCommandBody,
  actor: Actor,
  now: Instant,
): DistrictDecision {
  switch (body.kind) {
    case 'handOver':
      return handOver(state, body, actor);
    case 'noteRevision':
      return note(state, body, actor);
    case 'postponeRevision':
      return postpone(state, body, actor, now);
    case 'completeRevision':
      return complete(state, body, actor, now);
    case 'recordDeliveries':
      return recordDistrictDeliveries(state, body.results, actor, now);
    case 'recordReceipt':
      return recordDistrictReceipt(body, actor);
    case 'recordRestoration': {
      const { kind: _, ...restoration } = body;
      return [{ kind: 'record.restored', actor, data: restoration }];
    }
  }
}

/** From an episode that takes nothing any more: the same part again is a repeat. */
function handOver(
  state: DistrictState,
  { episodeId, after, reminders, matters }: Body<'handOver'>,
  actor: Actor,
): DistrictDecision {
  const before = state.handedOver.find((one) => one.episodeId === episodeId)?.seqs[after];
  if (before !== undefined) return { repeats: before };
  return matters.map(({ clause, seq, ...one }, i) => ({
    kind: 'revision.opened',
    actor,
    clause,
    ...(one.unitId === undefined ? {} : { unitId: one.unitId }),
    data: {
      revisionId: `r${state.opened + i + 1}`,
      from: { episodeId, seq },
      ...one,
      reminders,
      rulesVersion: DISTRICT_RULES_VERSION,
    },
  }));
}

function note(state: DistrictState, { revisionId, note }: Body<'noteRevision'>, actor: Actor): DistrictDecision {
  const revision = openRevision(state, revisionId);
  if ('status' in revision) return revision;
  return [{ ...about(revision, actor), kind: 'revision.progressed', data: { revisionId, note } }];
}

function postpone(
  state: DistrictState,
  { revisionId, dueAt, reason }: Body<'postponeRevision'>,
  actor: Actor,
  now: Instant,
): DistrictDecision {
  const revision = openRevision(state, revisionId);
  if ('status' in revision) return revision;
  if (Date.parse(dueAt) <= now)
    return refuse('due-time', `完成期限${quoted(dueAt)}已经过去，请改填以后的时间。`, revision);
  return [{ ...about(revision, actor), kind: 'revision.postponed', data: { revisionId, dueAt, reason } }];
}

const FILED: ReadonlySet<RevisionState['what']> = new Set(['plan', 'site-plan']);

/**
 * A revised plan or site plan is filed with those above (§5.2); until it is, the revision is not done. A unit says of a problem that
 * it is put right, as in the episode; of all else the office does.
 */
function complete(
  state: DistrictState,
  { revisionId, note, filing }: Body<'completeRevision'>,
  actor: Actor,
  now: Instant,
): DistrictDecision {
  const revision = openRevision(state, revisionId);
  if ('status' in revision) return revision;
  if (actor.role === 'unit' && revision.what !== 'problem')
    return refuse(
      'office-completes',
      `${quoted(revisionId)}由区环委办登记完成；请填写进展，写明采取的措施和整改情况。`,
      revision,
    );
  if (FILED.has(revision.what) && filing === undefined)
    return refuse(
      'filing-required',
      `修订${quoted(revisionId)}完成须报备：请填写报备的时间，有文号的一并填写。`,
      revision,
    );
  if (filing && Date.parse(filing.at) > now)
    return refuse('filing-time', `报备时间${quoted(filing.at)}还没有到，请核对年月日。`, revision);
  const data = { revisionId, note, ...(filing && { filing }), late: now > revision.dueAt };
  return [{ ...about(revision, actor), kind: 'revision.done', data }];
}

/** The reminders that have come due, an entry for each owner; `undefined` if none has. */
export function districtHappening(state: DistrictState, now: Instant): DistrictDraft[] | undefined {
  const due = remindersDue(state, now);
  if (due.length === 0) return undefined;
  return [...grouped(due, ({ revision }) => revision.unitId ?? 'office').values()].map((ofOwner) => ({
    ...about(ofOwner[0]!.revision, SYSTEM),
    kind: 'revision.reminded',
    data: {
      reminders: ofOwner.map(({ revision: { revisionId, dueAt }, stage }) => ({
        revisionId,
        dueAt: beijingIso(dueAt),
        stage,
      })),
    },
  }));
}

const about = ({ unitId, clause }: RevisionState, actor: Actor) => ({
  actor,
  clause,
  ...(unitId === undefined ? {} : { unitId }),
});

function openRevision(state: DistrictState, revisionId: string): RevisionState | Refusal {
  const revision = findRevision(state, revisionId);
  if (revision && !revision.done) return revision;
  return wasOpened(state, revisionId) ? refuseDone(revisionId, revision) : refuseUnknownRevision(revisionId);
}

/** One that was opened and is not among the open ones is done. */
const wasOpened = ({ opened }: DistrictState, revisionId: string): boolean =>
  /^r[1-9]\d*$/.test(revisionId) && Number(revisionId.slice(1)) <= opened;

export const refuseDone = (revisionId: string, revision?: RevisionState): Refusal =>
  refuse('revision-done', `${quoted(revisionId)}已经完成，不再更改。`, revision);

export const refuseUnknownRevision = (revisionId: string): Refusal =>
  refuse('revision-unknown', `没有编号为${quoted(revisionId)}的整改与修订事项，请按清单所列的编号填写。`);

const refuse = (type: Refusal['type'], detail: string, revision?: RevisionState): Refusal => ({
  status: 'refused',
  type,
  detail,
  ...(revision && { clause: revision.clause }),
});
