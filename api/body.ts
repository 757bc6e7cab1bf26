import { isUtf8 } from 'node:buffer';
import express, { type Request, type Response } from 'express';
import { Problem } from './problems.js';

const MOST_BYTES = 1_048_576;

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

function unreadable(error: unknown): unknown {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return new Problem('body-too-large', '内容超过 1 MiB，请精简后重新提交。');
  if (status < 500) return new Problem('body-malformed', '内容不是有效的 JSON（UTF-8），请检查格式后重新提交。');
  return error;
}
