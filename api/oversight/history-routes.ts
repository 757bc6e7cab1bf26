import { Readable } from 'node:stream';
import { z } from 'zod';
import { DISTRICT_CHAIN } from '../../district/state.js';
import { DOCX_TYPE } from '../../documents/docx.js';
import { verify } from '../../ledger/chain/verification.js';
import { keptPaper } from '../../ledger/papers.js';
import { historyPage, type LineInChain, lineInChain, textOfChain } from '../../ledger/reading/history.js';
import { papersNamedBy } from '../../ledger/references.js';
import type { Context } from '../engine/context.js';
import { theEpisode } from '../engine/load-episode.js';
import { episodePaths } from '../engine/schemas.js';
import { notFound } from '../http/problems.js';
import { route } from '../http/route.js';
import { cursor, givenInstant, limit, line, listOf, text } from '../http/schemas.js';
import { withViews } from './history-view.js';
import { entryInChain, historyEntry, verification } from './schemas.js';

const WATCH = { office: 'any', supervisor: 'any' } as const;
const JSON_LINES = 'application/jsonl';
const HISTORY = '/api/v1/episodes/{episodeId}/history';

/** Several values in one parameter, with commas between. */
const several = (example: string, about: string) =>
  text(1_000)
    .regex(/[^\s,]/, { error: '不能为空，请填写' })
    .meta({ description: `${about}；几个用逗号分开，例如 \`${example}\`` });

const listed = (values: string): string[] => values.split(',').flatMap((value) => value.trim() || []);

/** The ledger of an episode, as office and supervisor read it; a unit reads its own entries. */
export const historyRoutes = [
  route({
    method: 'get',
    path: HISTORY,
    summary: '台账，旧的在前；责任单位只查本单位',
    description:
      '按 text 或 clause 查找时，一页最多看 5000 条：找到的可能少于 limit，甚至没有；只要有 nextCursor，就还可以往下找。例：`?actor=office,unit,supervisor&order=newest` 是人的操作，新的在前，不含系统自动的记录。',
    access: { ...WATCH, unit: 'own' },
    params: episodePaths.episode,
    query: z.strictObject({
      unitId: line.optional(),
      kind: several('report.submitted,report.missed', '记录的种类').optional(),
      actor: several('office,unit', '由谁：office、unit、supervisor、system，或账号的 accountId').optional(),
      clause: line.optional().meta({ description: '条款，包括其下的各项：4.3.2 也找到 4.3.2.1（2）' }),
      from: givenInstant.optional().meta({ description: '从此时起（演练中为演练时间）' }),
      to: givenInstant.optional().meta({ description: '到此时止，含此时（演练中为演练时间）' }),
      text: line.optional().meta({ description: '记录中的文字，区分大小写' }),
      order: z.enum(['oldest', 'newest']).default('oldest'),
      cursor: cursor.optional(),
      limit,
    }),
    answers: { 200: listOf(historyEntry) },
    find: theEpisode,
    async handle({ context, found, query: { kind, actor, from, to, ...filter } }) {
      const page = await historyPage(context.database, found.episodeId, {
        ...filter,
        ...(kind === undefined ? {} : { kinds: listed(kind) }),
        ...(actor === undefined ? {} : { actors: listed(actor) }),
        ...(from === undefined ? {} : { from: Date.parse(from) }),
        ...(to === undefined ? {} : { to: Date.parse(to) }),
      });
      return { status: 200, body: { ...page, items: await withViews(context, found.episodeId, page.items) } };
    },
  }),
  route({
    method: 'get',
    path: `${HISTORY}/verification`,
    summary: '核验台账：编号、哈希链，以及读取模型与台账是否一致',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: verification },
    find: theEpisode,
    async handle({ context, found }) {
      return { status: 200, body: await verify(context.database, found.episodeId) };
    },
  }),
  route({
    method: 'get',
    path: '/api/v1/revisions/verification',
    summary: '核验整改与修订的跟踪记录：编号和哈希链；还没有移交过的，没有记录',
    access: WATCH,
    answers: { 200: verification },
    async handle({ context }) {
      return { status: 200, body: await verify(context.database, DISTRICT_CHAIN) };
    },
  }),
  route({
    method: 'get',
    path: `${HISTORY}/text`,
    summary: '下载台账原文，一行一条（RFC 8785），可在另一台机器上离线核验',
    description:
      '每行的 SHA-256（不含换行）就是这一条的散列值：等于下一行的 `previousHash`，最后一行的等于 `GET …/history/verification` 的 `head`。',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: [JSON_LINES] },
    find: theEpisode,
    async handle({ context, found: { episodeId } }) {
      const content = Readable.from(textOfChain(context.database, episodeId));
      return { status: 200, file: { mediaType: JSON_LINES, name: `台账-${episodeId}.jsonl`, content } };
    },
  }),
  // After them: a number is anything else.
  route({
    method: 'get',
    path: `${HISTORY}/{seq}`,
    summary: '一条记录和它前后的两条：所存的原文和散列值，以及现在重新计算的结果',
    access: WATCH,
    params: episodePaths.entry,
    answers: { 200: entryInChain },
    find: theLine,
    async handle({ context, found: { episodeId, found } }) {
      const { line: stored, previous, next, ...recomputed } = found;
      const lines = [stored, previous, next];
      const views = await withViews(
        context,
        episodeId,
        lines.flatMap((one) => one?.entry ?? []),
      );
      const shown = (name: string, one: LineInChain['previous']) =>
        one?.entry ? { [name]: views.find((view) => (view as { seq: number }).seq === one.seq) } : {};
      const { seq, canonical, hash } = stored;
      return {
        status: 200,
        body: {
          seq,
          ...shown('entry', stored),
          ...shown('previous', previous),
          ...shown('next', next),
          canonical,
          hash,
          recomputed,
        },
      };
    },
  }),
  route({
    method: 'get',
    path: `${HISTORY}/{seq}/paper`,
    summary: '这一条所发公文的原件，逐字节；其 SHA-256 就是这一条的 `data.paper`',
    description: '更正以前的各次也在：每日汇总、通知的地址只给出最近一次的。',
    access: WATCH,
    params: episodePaths.entry,
    answers: { 200: [DOCX_TYPE] },
    find: theLine,
    async handle({ context, found: { found }, params: { seq } }) {
      const [paperId] = found.line.entry ? papersNamedBy(found.line.entry) : [];
      if (paperId === undefined) throw notFound('paper', seq);
      const paper = await keptPaper(context.database, paperId);
      return { status: 200, file: { ...paper, size: paper.content.length } };
    },
  }),
];

async function theLine(context: Context, ids: Record<string, string>) {
  const { episodeId, state } = await theEpisode(context, ids);
  const { seq = '' } = ids;
  const found = /^[1-9]\d{0,8}$/.test(seq) ? await lineInChain(context.database, episodeId, Number(seq)) : undefined;
  if (!found) throw notFound('entry', seq);
  return { episodeId, state, found };
}
