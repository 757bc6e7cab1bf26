/** What outlives an episode: revisions (§5.2), problems, circulars, referrals. Followed up until done, and where needed filed. */
import type { DistrictEntry } from '../../district/entries.js';
import { actorOf, identityOf } from '../engine/commands.js';
import {
  carryOutForDistrict,
  type FoundRevision,
  type RevisionCommandBody,
  theRevision,
} from '../engine/district-command.js';
import { theKnownUnit } from '../engine/known-unit.js';
import { madeEntry } from '../engine/present.js';
import { type Answer, type Call, route } from '../http/route.js';
import { revisionsAnswer, viewsOf } from './present.js';
import {
  ownedRevisionPath,
  ownerPath,
  postponementRequest,
  problemCompletionRequest,
  revisionChanged,
  revisionCompletionRequest,
  revisionList,
  revisionPath,
  revisionProgressRequest,
} from './schemas.js';

const PATH = '/api/v1/revisions';
const OF_UNIT = '/api/v1/units/{unitId}/revisions';
const OFFICE = { office: 'any' } as const;

/** The revision as it is after the command, with the entry that it made. */
async function revisionCommand(
  call: Call<unknown, unknown, unknown, FoundRevision>,
  body: RevisionCommandBody,
): Promise<Answer> {
  const { context, found } = call;
  const command = { ...identityOf(call, call.body), actor: actorOf(call), body };
  const { seq } = await carryOutForDistrict(call, command, found.revision);
  const { record, revision } = await theRevision(context, { revisionId: body.revisionId });
  const entry = record.entries[seq - 1] as DistrictEntry;
  return { status: 200, body: { ...viewsOf(context, record)(revision), entry: madeEntry(entry) } };
}

export const revisionRoutes = [
  route({
    method: 'get',
    path: PATH,
    summary: '总结评估要求的修订，和归档时仍未办结的问题、通报、移交；未完成的在前，先到期的在前',
    access: { office: 'any', supervisor: 'any' },
    answers: { 200: revisionList },
    async handle({ context }) {
      return { status: 200, body: await revisionsAnswer(context) };
    },
  }),
  route({
    method: 'post',
    path: `${PATH}/{revisionId}/progress`,
    summary: '填写进展',
    access: OFFICE,
    params: revisionPath,
    body: revisionProgressRequest,
    answers: { 200: revisionChanged },
    find: theRevision,
    handle: (call) =>
      revisionCommand(call, { kind: 'noteRevision', revisionId: call.params.revisionId, note: call.body.note }),
  }),
  route({
    method: 'post',
    path: `${PATH}/{revisionId}/postponement`,
    summary: '改变完成期限，并说明理由；责任单位随即得到通知',
    access: OFFICE,
    params: revisionPath,
    body: postponementRequest,
    answers: { 200: revisionChanged },
    find: theRevision,
    handle: (call) =>
      revisionCommand(call, { kind: 'postponeRevision', revisionId: call.params.revisionId, ...call.body }),
  }),
  route({
    method: 'post',
    path: `${PATH}/{revisionId}/completion`,
    summary: '登记完成；预案和“一厂一策”方案的修订须同时登记报备',
    access: OFFICE,
    params: revisionPath,
    body: revisionCompletionRequest,
    answers: { 200: revisionChanged },
    find: theRevision,
    handle: (call) =>
      revisionCommand(call, { kind: 'completeRevision', revisionId: call.params.revisionId, ...call.body }),
  }),
  route({
    method: 'get',
    path: OF_UNIT,
    summary: '由一个单位办理的整改与修订事项',
    access: { office: 'any', supervisor: 'any', unit: 'own' },
    params: ownerPath,
    answers: { 200: revisionList },
    find: theKnownUnit,
    async handle({ context, params }) {
      return { status: 200, body: await revisionsAnswer(context, params.unitId) };
    },
  }),
  route({
    method: 'post',
    path: `${OF_UNIT}/{revisionId}/progress`,
    summary: '责任单位填写进展',
    access: { unit: 'own' },
    params: ownedRevisionPath,
    body: revisionProgressRequest,
    answers: { 200: revisionChanged },
    find: theRevision,
    handle: (call) =>
      revisionCommand(call, { kind: 'noteRevision', revisionId: call.params.revisionId, note: call.body.note }),
  }),
  route({
    method: 'post',
    path: `${OF_UNIT}/{revisionId}/completion`,
    summary: '责任单位登记问题已整改；其他事项由区环委办登记完成',
    access: { unit: 'own' },
    params: ownedRevisionPath,
    body: problemCompletionRequest,
    answers: { 200: revisionChanged },
    find: theRevision,
    handle: (call) =>
      revisionCommand(call, { kind: 'completeRevision', revisionId: call.params.revisionId, note: call.body.note }),
  }),
];
