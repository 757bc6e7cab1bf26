/** Takes a form (multipart/form-data) apart as it arrives, for the one file that is in it. */
import { type Readable, Transform } from 'node:stream';
import { Dicer } from '@fastify/busboy';
import type { Request } from 'express';
import { quoted } from '../../lib/quoted.js';
import { FRAME_BYTES } from './body.js';
import { invalidFields } from './fields.js';
import { givenName } from './given-name.js';
import { Problem } from './problems.js';

const MOST_PARTS = 100;
/** No name of a file is longer, in whatever it is wrapped. */
const LONGEST_DISPOSITION = 4_096;

interface Kept {
  size: number;
  discard(): Promise<void>;
}

export interface FileReceived<T extends Kept> {
  /** The caller's name for the file; untrusted. Empty if the form has none. */
  name: string;
  kept: T;
}

/** A part that may be the file. A part without a name may be a field of the page. */
interface Candidate<T extends Kept> extends FileReceived<T> {
  isNamed: boolean;
}

interface Receiving<T> {
  mostBytes: number;
  /** The refusal of a larger file. */
  tooLarge(): Problem;
  /** Keeps what may be the file. It is discarded when it is not. */
  keep(part: Readable): Promise<T>;
}

/**
 * The one file of a form, kept as it arrives, under whatever field; other fields are left unread. The caller discards it.
 * Refuses with 413 and 400.
 */
export async function receiveFile<T extends Kept>(
  request: Request,
  { mostBytes, tooLarge, keep }: Receiving<T>,
): Promise<FileReceived<T>> {
  const boundary = boundaryOf(request);
  if (boundary === undefined) throw malformed();
  const form = new Dicer({ boundary });
  const keeping: Array<Promise<Candidate<T>>> = [];
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
          const plain = decoded(part, (header as Headers)['content-transfer-encoding']?.[0] ?? 'binary');
          if (plain === undefined) return void reject(encoded(header as Headers));
          const kept = keep(plain).then((content) => ({ ...about, kept: content }));
          kept.catch(reject);
          keeping.push(kept);
        });
      });
      form.on('finish', resolve).on('error', reject);
      boundTo(request, mostBytes + FRAME_BYTES, () => reject(tooLarge()));
      request.on('error', reject).on('close', () => {
        if (!request.complete) reject(malformed());
      });
      request.pipe(form);
    });
    const candidates = await Promise.all(keeping);
    const only = theOnly(candidates);
    if (only.kept.size > mostBytes) throw tooLarge();
    await Promise.all(candidates.filter((one) => one !== only).map(({ kept }) => kept.discard()));
    return only;
  } catch (error) {
    request.unpipe(form);
    request.resume();
    for (const part of parts) part.destroy();
    const kept = await Promise.allSettled(keeping);
    await Promise.all(kept.map((one) => one.status === 'fulfilled' && one.value.kept.discard()));
    throw refusalOf(error, request);
  }
}

function boundTo(request: Request, mostBytes: number, refuse: () => void): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > mostBytes) refuse();
  });
}

function boundaryOf(request: Request): string | undefined {
  if (!request.is('multipart/form-data')) return undefined;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(request.get('Content-Type') ?? '') ?? [];
  return quoted ?? bare;
}

type Headers = Record<string, string[] | undefined>;

/** `undefined`: a field of the page, of no interest here. */
function partOf(header: Headers): { name: string; isNamed: boolean } | undefined {
  const disposition = (header['content-disposition']?.[0] ?? '').slice(0, LONGEST_DISPOSITION);
  const type = header['content-type']?.[0] ?? 'text/plain';
  const name = givenName(disposition);
  const isField = name === undefined && /^text\/plain/i.test(type) && !/;\s*name="?file"?\s*(;|$)/i.test(disposition);
  return isField ? undefined : { name: name ?? '', isNamed: name !== undefined };
}

/** Programs that make mails (curl `encoder=`, Python's email) wrap the bytes of a file. `undefined`: in what no form is read. */
function decoded(part: Readable, encoding: string): Readable | undefined {
  if (/^\s*(7bit|8bit|binary)\s*$/i.test(encoding)) return part;
  return /^\s*base64\s*$/i.test(encoding) ? part.pipe(fromBase64()) : undefined;
}

/** Four characters are three bytes: what is left of a chunk waits for the next. */
function fromBase64(): Transform {
  let rest = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const text = rest + chunk.toString('latin1').replaceAll(/[\s=]/g, '');
      const whole = text.length - (text.length % 4);
      rest = text.slice(whole);
      done(null, Buffer.from(text.slice(0, whole), 'base64'));
    },
    flush(done) {
      done(null, Buffer.from(rest, 'base64'));
    },
  });
}

const encoded = (header: Headers): Problem =>
  wrongFile(
    `文件是按 ${quoted(header['content-transfer-encoding']?.[0] ?? '')} 编码发来的，请去掉 Content-Transfer-Encoding，直接发送文件内容，例如 curl -F file=@照片.jpg`,
  );

/** A place for a second file that was left empty is no file. */
function theOnly<T extends Kept>(candidates: ReadonlyArray<Candidate<T>>): Candidate<T> {
  const named = candidates.filter(({ isNamed }) => isNamed);
  const meant = named.length > 0 ? named : candidates;
  const chosen = meant.filter(({ name, kept }) => name !== '' || kept.size > 0);
  const [only, ...others] = chosen;
  if (!only) throw wrongFile('没有选择文件，请选择一个文件，以 multipart/form-data 表单的 file 字段上传');
  if (others.length > 0)
    throw wrongFile(`一次只能上传一个文件，这次有${chosen.length}个：${listed(chosen)}。请逐个上传`);
  return only;
}

const MOST_LISTED = 3;
const listed = (files: ReadonlyArray<{ name: string }>): string =>
  files
    .slice(0, MOST_LISTED)
    .map(({ name }) => `“${name || '没有名称'}”`)
    .join('、') + (files.length > MOST_LISTED ? '等' : '');

function refusalOf(error: unknown, request: Request): unknown {
  if (error instanceof Problem) return error;
  // Errors of the disk are the server's. All others come from the form, or from a caller who hung up.
  const isOurs = !request.destroyed && error instanceof Error && 'syscall' in error;
  return isOurs ? error : malformed();
}

const wrongFile = (detail: string): Problem => invalidFields([{ field: 'file', detail }]);

const malformed = (): Problem =>
  new Problem('body-malformed', '没有收到完整的文件，请以 multipart/form-data 表单的 file 字段重新上传。');
