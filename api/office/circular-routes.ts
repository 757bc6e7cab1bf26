import { DOCX_TYPE } from '../../documents/docx.js';
import { circularView } from '../../episode/circular-views.js';
import { findCircular } from '../../episode/circulars.js';
import { ownerOf } from '../auth/account.js';
import { circularAnswer, theCircular } from '../engine/circulars.js';
import { contactWarningsFor } from '../engine/contact-warnings.js';
import type { Context } from '../engine/context.js';
import { episodeCommand } from '../engine/episode-command.js';
import { theWholeEpisode } from '../engine/load-episode.js';
import { requireAttachments, shareAttachments } from '../engine/own-attachments.js';
import { circularBody, circularRow } from '../engine/schemas.js';
import { route } from '../http/route.js';
import { listOf } from '../http/schemas.js';
import {
  circularIssuedBody,
  circularMade,
  circularPaths,
  circularRequest,
  closingRequest,
} from './circular-schemas.js';
import { downloadOf } from './paper-routes.js';
import { circularFile, newCircularPaper, withPaper } from './papers.js';
import { EPISODE_PATH, officePaths, READ } from './schemas.js';

const CIRCULARS = `${EPISODE_PATH}/circulars`;
const OFFICE = { office: 'any' } as const;

/** Circulars: issued to units, urged like whatever they owe, and closed (§5.1, §7). */
export const circularRoutes = [
  route({
    method: 'post',
    path: CIRCULARS,
    summary: '发出通报：转发市环委办的，或区环委办的；各单位按时限办法确认，要求答复的按期答复整改情况',
    access: OFFICE,
    params: officePaths.episode,
    body: circularRequest,
    answers: { 200: circularIssuedBody, 201: circularIssuedBody },
    find: theWholeEpisode,
    async handle(call) {
      const { context, found, body, account } = call;
      const { attachmentIds = [], unitIds } = body;
      const command = await withPaper(call, { kind: 'issueCircular', ...body }, async () => {
        // Before its file is made: what is refused leaves none.
        await requireAttachments(call, ownerOf(account), attachmentIds);
        return newCircularPaper(context, found.state, body);
      });
      const { entry, repeated } = await episodeCommand(call, body, command);
      await shareAttachments(call, unitIds, attachmentIds);
      const made = await circularMadeBy(context, found.episodeId, entry.seq);
      const warnings = await contactWarningsFor(context, unitIds);
      const location = `/api/v1/episodes/${found.episodeId}/circulars/${made.circularId}`;
      return { ...(repeated ? { status: 200 } : { status: 201, location }), body: { ...made, entry, warnings } };
    },
  }),
  route({
    method: 'get',
    path: CIRCULARS,
    summary: '本次过程的通报，后发的在前，以及多少单位已确认、答复、办结',
    access: READ,
    params: officePaths.episode,
    answers: { 200: listOf(circularRow) },
    find: theWholeEpisode,
    async handle({ found: { state } }) {
      return { status: 200, body: { items: state.circulars.map((one) => circularView(state, one)).toReversed() } };
    },
  }),
  route({
    method: 'get',
    path: `${CIRCULARS}/{circularId}.docx`,
    summary: '通报的文件（公文格式），发出时的原件',
    access: READ,
    params: circularPaths,
    answers: { 200: [DOCX_TYPE] },
    find: theCircular,
    async handle({ context, found: { state, circular } }) {
      return downloadOf(await circularFile(context, state, circular));
    },
  }),
  route({
    method: 'get',
    path: `${CIRCULARS}/{circularId}`,
    summary: '一份通报的全文，各单位的确认、答复和办结',
    access: READ,
    params: circularPaths,
    answers: { 200: circularBody },
    find: theCircular,
    async handle({ context, found: { state, circular } }) {
      return { status: 200, body: await circularAnswer(context, state, circular) };
    },
  }),
  route({
    method: 'post',
    path: `${CIRCULARS}/{circularId}/closing`,
    summary: '通报对一个、几个或所有单位办结，并说明；此后不再确认、答复和催办',
    access: OFFICE,
    params: circularPaths,
    body: closingRequest,
    answers: { 200: circularMade },
    find: theCircular,
    async handle(call) {
      const { context, found, body } = call;
      const { episodeId, circular } = found;
      const { circularId } = circular;
      const { entry } = await episodeCommand(
        call,
        { circularId, ...body },
        { kind: 'closeCircular', circularId, ...body },
      );
      const { state } = await theWholeEpisode(context, { episodeId });
      return { status: 200, body: { ...(await circularAnswer(context, state, circular)), entry } };
    },
  }),
];

async function circularMadeBy(context: Context, episodeId: string, seq: number) {
  const { state } = await theWholeEpisode(context, { episodeId });
  const { circularId } = state.circulars.find((one) => one.seq === seq)!;
  return circularAnswer(context, state, findCircular(state, circularId)!);
}
