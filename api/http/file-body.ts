import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Request } from 'express';
import { receiveFile } from './form.js';
import { Problem } from './problems.js';

const MOST_MIB = 10;
const MOST_BYTES = MOST_MIB * 1_048_576;
/** Bodies are kept in memory until they are read. */
const MOST_BYTES_AT_ONCE = 8 * MOST_BYTES;

/**
 * The bytes of a file: the body itself, whatever its media type says, or the file of a form. Refuses with 413, and reads on
 * so that the caller gets the answer.
 */
export async function readFileBody(request: Request): Promise<Buffer> {
  if (request.is('multipart/form-data')) return fileOfForm(request);
  const bytes = await wholeBody(request);
  if (request.is('application/x-www-form-urlencoded') && bytes.length > 0 && !/[\n\r\0]/.test(bytes.toString('latin1')))
    throw new Problem(
      'body-malformed',
      '文件是以表单内容（curl -d）发来的，换行已经丢失。请改用 --data-binary @名单.csv，或者 -F file=@名单.csv 重新上传。',
    );
  return bytes;
}

let held = 0;

async function wholeBody(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      const { length } = chunk as Buffer;
      size += length;
      held += length;
      if (size > MOST_BYTES) throw tooLarge();
      if (held > MOST_BYTES_AT_ONCE) throw busy();
      chunks.push(chunk as Buffer);
    }
    return Buffer.concat(chunks);
  } finally {
    held -= size;
  }
}

/** As a browser’s form and `curl -F` send it. */
async function fileOfForm(request: Request): Promise<Buffer> {
  const size = Math.min(Number(request.get('Content-Length') ?? MOST_BYTES), MOST_BYTES);
  held += size;
  try {
    if (held > MOST_BYTES_AT_ONCE) throw busy();
    const { kept } = await receiveFile(request, { mostBytes: MOST_BYTES, tooLarge, keep: inMemory });
    return kept.bytes;
  } finally {
    held -= size;
  }
}

async function inMemory(part: Readable) {
  const bytes = await buffer(part);
  return { bytes, size: bytes.length, discard: async () => {} };
}

const tooLarge = (): Problem =>
  new Problem('body-too-large', `文件超过 ${MOST_MIB} MiB，请删去图片和用不到的工作表，或者分成几个文件后重新上传。`);

const busy = (): Problem =>
  new Problem('not-ready', '正在上传的文件太多，请过十秒再试。', { headers: { 'Retry-After': '10' } });
