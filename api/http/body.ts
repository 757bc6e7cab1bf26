import { isUtf8 } from 'node:buffer';
import express, { type Request, type Response } from 'express';
import { Problem } from './problems.js';

const MIB = 1_048_576;
const MOST_BYTES = MIB;
/** Of a form around its file. */
const FRAME_BYTES = 16_384;

// Whatever its media type says, a body here is JSON in UTF-8; read leniently, broken bytes would enter the ledger altered.
const parse = express.json({
  limit: MOST_BYTES,
  strict: false,
  type: () => true,
  verify: (_request, _response, bytes) => {
    if (!isUtf8(bytes)) throw new SyntaxError('not UTF-8');
  },
});

/** The request's JSON; none at all counts as `{}`. Refuses with 413 and 400. */
export async function readBody(request: Request, response: Response): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    parse(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(unreadable(error))));
  });
  return request.body ?? {};
}

/** Refuses with 413 a form that says it brings a larger file, before any of it is read. */
export function refuseTooLarge(request: Request, mostBytes: number): void {
  if (Number(request.get('Content-Length') ?? 0) > mostBytes + FRAME_BYTES) throw tooLarge(mostBytes);
}

export const tooLarge = (mostBytes: number): Problem =>
  new Problem('body-too-large', `文件超过 ${mostBytes / MIB} MiB，请压缩或拆分后重新上传。`);

function unreadable(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return new Problem('body-too-large', '内容超过 1 MiB，请精简后重新提交。');
  if (status < 500) return new Problem('body-malformed', '内容不是有效的 JSON（UTF-8），请检查格式后重新提交。');
  return error;
}
