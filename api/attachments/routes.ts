import { addAttachment, findAttachment } from '../../ledger/blobs/attachments.js';
import { BlobStoreUnavailable, type Spooled } from '../../ledger/blobs/blob-store.js';
import { beginningOf } from '../../lib/graphemes.js';
import { quoted } from '../../lib/quoted.js';
import { ownerOf } from '../auth/account.js';
import type { Context } from '../engine/context.js';
import { tooLarge } from '../http/body.js';
import { invalidFields } from '../http/fields.js';
import { type FileReceived, receiveFile } from '../http/form.js';
import { once } from '../http/idempotent.js';
import { notFound, Problem } from '../http/problems.js';
import { type Answer, type Call, route } from '../http/route.js';
import { fileNameOf, visible } from './file-name.js';
import { ACCEPTED, refusedKind, TAKEN_KINDS } from './kinds.js';
import { fileKindOf } from './media-type.js';
import { remarksOn } from './remarks.js';
import { attachment, attachmentPath } from './schemas.js';

const ATTACHMENTS = '/api/v1/attachments';
export const MOST_BYTES = 20 * 1_048_576;

/** Evidence (§4.2, §5.1): files for completed tasks and daily reports. */
export const attachmentRoutes = [
  route({
    method: 'post',
    path: ATTACHMENTS,
    summary: '上传附件：图片、PDF、OFD、Office 文档，不超过 20 MiB；只能由上传的单位使用',
    access: { office: 'any', unit: 'any' },
    receives: ['multipart/form-data'],
    mostBytes: MOST_BYTES,
    answers: { 200: attachment, 201: attachment },
    async handle(call) {
      const received = await receiveFile(call.request, {
        mostBytes: MOST_BYTES,
        tooLarge: () => tooLarge(MOST_BYTES),
        keep: (part) => call.context.blobs.spool.take(part),
      });
      try {
        return await stored(call, received);
      } finally {
        await received.kept.discard();
      }
    },
  }),
  route({
    method: 'get',
    path: `${ATTACHMENTS}/{attachmentId}`,
    summary: '下载附件',
    access: { office: 'any', supervisor: 'any', unit: 'any' },
    params: attachmentPath,
    answers: { 200: Object.keys(TAKEN_KINDS), 304: undefined },
    async handle({ context, account, params: { attachmentId }, request }) {
      const owner = account.role === 'unit' ? ownerOf(account) : undefined;
      const found = isHash(attachmentId) && (await findAttachment(context.database, attachmentId, owner));
      if (!found) throw notFound('attachment', attachmentId);
      const headers = { ETag: `"${attachmentId}"`, 'Cache-Control': 'private, no-cache, no-transform' };
      if (request.get('If-None-Match')?.includes(headers.ETag)) return { status: 304, headers };
      const { size, mediaType, name } = found;
      const content = await reached(context, () => context.blobs.store.open({ sha256: attachmentId, size }));
      return { status: 200, headers, file: { mediaType, name, content, size } };
    },
  }),
];

const isHash = (id: string): boolean => /^[0-9a-f]{64}$/.test(id);

/** Stores the bytes first: bytes without a row do no harm, a row without bytes would be wrong. */
async function stored(
  call: Call<unknown, unknown, unknown, unknown>,
  { name, kept: spooled }: FileReceived<Spooled>,
): Promise<Answer> {
  const { context, account } = call;
  const { sha256, size } = spooled;
  if (size === 0) throw invalidFields([{ field: 'file', detail: `${called(name)}是空的，请重新选择` }]);
  const mediaType = await fileKindOf(spooled.path);
  if (!Object.hasOwn(TAKEN_KINDS, mediaType)) throw refusedType(name, mediaType);

  const row = {
    attachmentId: sha256,
    owner: ownerOf(account),
    size,
    mediaType,
    name: fileNameOf(name, mediaType),
    uploadedBy: account.accountId,
  };
  const remarks = await remarksOn({ path: spooled.path, mediaType, givenName: name, name: row.name });
  let isNew = false;
  await once(call, { sha256, name: row.name }, async () => {
    await reached(context, () => context.blobs.store.put(spooled));
    isNew = await addAttachment(context.database, row);
  });
  const kept = isNew ? undefined : await findAttachment(context.database, sha256, row.owner);
  const all = [...remarks, ...(kept && kept.name !== row.name ? [keptAs(kept.name, row.name)] : [])];
  const body = { attachmentId: sha256, size, mediaType, ...(all.length > 0 ? { remarks: all } : {}) };
  return isNew ? { status: 201, location: `${ATTACHMENTS}/${sha256}`, body } : { status: 200, body };
}

async function reached<T>({ log }: Context, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof BlobStoreUnavailable)) throw error;
    log.error({ err: error }, 'attachment store unavailable');
    throw new Problem('not-ready', '附件存储暂时无法使用，请稍后重试；如持续出现，请联系管理员。', {
      headers: { 'Retry-After': '30' },
    });
  }
}

const keptAs = (first: string, now: string): string =>
  `内容相同的文件先前已按${quoted(first)}保存，名称不再改为${quoted(now)}；如不是同一份材料，请核对是否选错了文件。`;

const MOST_QUOTED = 40;

const called = (name: string): string =>
  visible(name) === '' ? '这个文件' : `“${beginningOf(visible(name), MOST_QUOTED)}”`;

function refusedType(name: string, kind: string): Problem {
  const { what, instead } = refusedKind(kind);
  return new Problem(
    'attachment-type',
    `${called(name)}是${what}，不能作为附件，请处理后重新上传：${instead}。${ACCEPTED}`,
  );
}
