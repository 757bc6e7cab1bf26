/** The duty desk hands over to the next shift (§6.1). A note belongs to the office, not to one episode. */
import {
  acknowledgeHandOver,
  episodesToHandOver,
  findHandOver,
  type KeptHandOver,
  listHandOvers,
  writeHandOver,
} from '../../ledger/people/hand-overs.js';
import { quoted } from '../../lib/quoted.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Context } from '../engine/context.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { once } from '../http/idempotent.js';
import { notFound, Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { handOverBody, handOverList, handOverPath, handOverQuery, handOverRequest, handOverTaken } from './schemas.js';

const PATH = '/api/v1/hand-overs';

const view = ({ writtenAt, acknowledged, ...note }: KeptHandOver) => ({
  ...note,
  writtenAt: beijingIso(writtenAt),
  ...(acknowledged && { acknowledged: { ...acknowledged, at: beijingIso(acknowledged.at) } }),
});

async function theHandOver({ database }: Context, { handOverId = '' }: Record<string, string>): Promise<KeptHandOver> {
  const note = await findHandOver(database, handOverId);
  if (!note) throw notFound('handOver', handOverId);
  return note;
}

/** A note that the next shift has is not corrected any more, and only its last version is taken over. */
async function requireCorrectable({ database }: Context, corrects: string | undefined): Promise<void> {
  if (corrects === undefined) return;
  const note = await findHandOver(database, corrects);
  if (!note) throw invalidFields([{ field: 'corrects', detail: `没有编号为${quoted(corrects)}的交接班记录，请核对` }]);
  requireLast(note);
  if (note.acknowledged) throw acknowledgedBefore(note.acknowledged.name);
}

function requireLast({ correctedBy }: KeptHandOver): void {
  if (correctedBy !== undefined)
    throw new Problem('hand-over-corrected', `这条记录已有更正（编号${correctedBy}），请改用更正后的一条。`);
}

const acknowledgedBefore = (name: string): Problem =>
  new Problem('hand-over-acknowledged', `${quoted(name)}已经接班，这条记录不再更改，请另写一条。`);

export const handOverRoutes = [
  route({
    method: 'get',
    path: PATH,
    summary: '值班室的交接班记录，新的在前',
    access: { office: 'any', supervisor: 'any' },
    query: handOverQuery,
    answers: { 200: handOverList },
    async handle({ context, query }) {
      const page = await listHandOvers(context.database, query);
      return { status: 200, body: { ...page, items: page.items.map(view) } };
    },
  }),
  route({
    method: 'post',
    path: PATH,
    summary: '写交接班记录：情况、已做的、下一班要做的；系统记下此时未办结的过程；写下后不再更改，更正另写一条',
    access: { office: 'any' },
    body: handOverRequest,
    answers: { 201: handOverBody },
    async handle(call) {
      const { context, account, action, key, body } = call;
      const handOverId = commandIdOf(account.accountId, action, key);
      await once(call, body, async () => {
        await requireCorrectable(context, body.corrects);
        const episodes = await episodesToHandOver(context.database);
        const written = { writtenBy: account.accountId, writtenAt: context.clock() };
        await writeHandOver(context.database, { handOverId, ...body, episodes, ...written });
        // Of two corrections at once the first is kept.
        if (body.corrects !== undefined && !(await findHandOver(context.database, handOverId)))
          requireLast((await findHandOver(context.database, body.corrects))!);
      });
      const note = await theHandOver(context, { handOverId });
      return { status: 201, location: `${PATH}/${handOverId}`, body: view(note) };
    },
  }),
  route({
    method: 'post',
    path: `${PATH}/{handOverId}/acknowledgement`,
    summary: '接班：写明接班人；同一人再次提交不变',
    access: { office: 'any' },
    params: handOverPath,
    body: handOverTaken,
    answers: { 200: handOverBody },
    find: theHandOver,
    async handle(call) {
      const { context, account, found, body } = call;
      const { handOverId } = found;
      await once(call, body, async () => {
        requireLast(found);
        const taken = { name: body.name, by: account.accountId, at: context.clock() };
        await acknowledgeHandOver(context.database, handOverId, taken);
        const { acknowledged } = await theHandOver(context, { handOverId });
        if (acknowledged!.name !== body.name) throw acknowledgedBefore(acknowledged!.name);
      });
      return { status: 200, body: view(await theHandOver(context, { handOverId })) };
    },
  }),
];
