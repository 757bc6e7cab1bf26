import { Dicer } from '@fastify/busboy';
import type { Request } from 'express';
import type { Spooled } from '../../ledger/blobs/blob-store.js';
import type { Spool } from '../../ledger/blobs/spool.js';
import { FRAME_BYTES, tooLarge } from '../http/body.js';
import { invalidFields } from '../http/fields.js';
import { Problem } from '../http/problems.js';
import { givenName } from './given-name.js';

export const MOST_BYTES = 20 * 1_048_576;
const MOST_PARTS = 100;

export interface Received {
  /** The caller's name for the file; untrusted. Empty if the form has none. */
  name: string;
  spooled: Spooled;
}

/** A part that may be the file. A part without a name may be a field of the page. */
interface Candidate extends Received {
  isNamed: boolean;
}

/**
 * Spools the one file of a form as it arrives, under whatever field, and leaves other fields unread. The caller discards
 * it. Refuses with 413 and 400.
 */
export async function receiveFile(request: Request, spool: Spool): Promise<Received> {
  const boundary = boundaryOf(request);
  if (boundary === undefined) throw malformed();
  const form = new Dicer({ boundary });
  const taking: Array<Promise<Candidate>> = [];
  const parts: Dicer.PartStream[] = [];
  try {
    await new Promise<void>((resolve, reject) => {
      form.on('part', (part) => {
        parts.push(part);
        if (parts.length > MOST_PARTS) reject(wrongFile('表单的内容太多，请只上传一个文件'));
        part.on('error', reject);
        part.on('header', (header) => {
          const about = partOf(header as Headers);
          if (about === undefined) return void part.resume();
          const taken = spool.take(part).then((spooled) => ({ ...about, spooled }));
          taken.catch(reject);
          taking.push(taken);
        });
      });
      form.on('finish', resolve).on('error', reject);
      boundTo(request, MOST_BYTES + FRAME_BYTES, reject);
      request.pipe(form);
    });
    return await theOnly(await Promise.all(taking));
  } catch (error) {
    request.unpipe(form);
    request.resume();
    for (const part of parts) part.destroy();
    const taken = await Promise.allSettled(taking);
    await Promise.all(taken.map((one) => one.status === 'fulfilled' && one.value.spooled.discard()));
    throw refusalOf(error, request);
  }
}

function boundTo(request: Request, mostBytes: number, refuse: (error: unknown) => void): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostBytes) refuse(tooLarge(MOST_BYTES));
  });
  request.on('error', refuse);
  request.on('close', () => {
    if (!request.complete) refuse(malformed());
  });
}

function boundaryOf(request: Request): string | undefined {
  if (!request.is('multipart/form-data')) return undefined;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(request.get('Content-Type') ?? '') ?? [];
  return quoted ?? bare;
}

type Headers = Record<string, string[] | undefined>;

/** `undefined`: a field of the page, of no interest here. */
function partOf(header: Headers): Omit<Candidate, 'spooled'> | undefined {
  const disposition = header['content-disposition']?.[0] ?? '';
  const type = header['content-type']?.[0] ?? 'text/plain';
  const name = givenName(disposition);
  const isField = name === undefined && /^text\/plain/i.test(type) && !/;\s*name="?file"?\s*(;|$)/i.test(disposition);
  return isField ? undefined : { name: name ?? '', isNamed: name !== undefined };
}

/** A place for a second file that was left empty is no file. */
async function theOnly(candidates: readonly Candidate[]): Promise<Received> {
  const named = candidates.filter(({ isNamed }) => isNamed);
  const meant = named.length > 0 ? named : candidates;
  const chosen = meant.filter(({ name, spooled }) => name !== '' || spooled.size > 0);
  const [only, ...others] = chosen;
  if (!only) throw wrongFile('没有选择文件，请选择一个文件，以 multipart/form-data 表单的 file 字段上传');
  if (others.length > 0)
    throw wrongFile(`一次只能上传一个文件，这次有${chosen.length}个：${quoted(chosen)}。请逐个上传`);
  if (only.spooled.size > MOST_BYTES) throw tooLarge(MOST_BYTES);
  const rest = candidates.filter((one) => one !== only);
  await Promise.all(rest.map(({ spooled }) => spooled.discard()));
  return only;
}

const MOST_QUOTED = 3;
const quoted = (files: readonly Received[]): string =>
  files
    .slice(0, MOST_QUOTED)
    .map(({ name }) => `“${name || '没有名称'}”`)
    .join('、') + (files.length > MOST_QUOTED ? '等' : '');

function refusalOf(error: unknown, request: Request): unknown {
  if (error instanceof Problem) return error;
  // Errors of the disk are the server's. All others come from the form, or from a caller who hung up.
  const isOurs = !request.destroyed && error instanceof Error && 'syscall' in error;
  return isOurs ? error : malformed();
}

const wrongFile = (detail: string): Problem => invalidFields([{ field: 'file', detail }]);

const malformed = (): Problem =>
  new Problem('body-malformed', '没有收到完整的文件，请以 multipart/form-data 表单的 file 字段重新上传。');
