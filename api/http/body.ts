import { isUtf8 } from 'node:buffer';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { quoted } from '../../lib/quoted.js';
import { Problem } from './problems.js';

const MIB = 1_048_576;
const NOT_UTF8 = 'not UTF-8';
const MOST_BYTES = MIB;
/** A sign-in is short. */
const MOST_SIGN_IN_BYTES = 10_240;
/** Allowance for the form around a file. */
export const FRAME_BYTES = 16_384;

// A body is JSON in UTF-8, whatever its media type says. Read leniently, broken bytes would enter the ledger altered.
const parserOf = (mostBytes: number) =>
  express.json({
    limit: mostBytes,
    strict: false,
    type: () => true,
    verify: (_request, _response, bytes) => {
      if (!isUtf8(bytes)) throw new SyntaxError(NOT_UTF8);
    },
    reviver: (key, value: unknown) => {
      // Such a field would be lost silently.
      if (key === '__proto__') throw new SyntaxError('__proto__ is no name of a field');
      return value;
    },
  });
const parse = parserOf(MOST_BYTES);
const parseShort = parserOf(MOST_SIGN_IN_BYTES);
const parseText = express.text({ type: () => true, limit: MOST_BYTES });

/** The request's JSON. An absent body counts as `{}`. Refuses with 413, 415 and 400. */
export async function readBody(request: Request, response: Response, isOpen: boolean): Promise<unknown> {
  requireUtf8(request, isOpen);
  await (isOpen
    ? parsed(parseShort, MOST_SIGN_IN_BYTES, request, response)
    : parsed(parse, MOST_BYTES, request, response));
  return request.body === undefined ? {} : request.body;
}

/** The body of another program, as text in the charset that it names. Refuses with 413 and 400. */
export async function readText(request: Request, response: Response): Promise<string> {
  await parsed(parseText, MOST_BYTES, request, response);
  return request.body ?? '';
}

const parsed = (parser: RequestHandler, mostBytes: number, request: Request, response: Response) =>
  new Promise<void>((resolve, reject) => {
    parser(request, response, (error?: unknown) =>
      error === undefined ? resolve() : reject(unreadable(error, mostBytes, request)),
    );
  });

/**
 * Another site's form could send a body as text. Where no session is needed, the body must therefore say that it is
 * JSON.
 */
function requireUtf8(request: Request, isOpen: boolean): void {
  const type = request.get('Content-Type') ?? '';
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  if (!/^utf-?8$/i.test(charset) || (isOpen && request.is('application/json') === false))
    throw new Problem(
      'media-type',
      `内容写明是${quoted(type || '没有类型')}，应为 UTF-8 编码的 JSON（Content-Type: application/json），请改正后重新提交。`,
    );
}

/** Refuses a form that is too large by its own account (413), before any of it is read. */
export function refuseTooLarge(request: Request, mostBytes: number): void {
  if (Number(request.get('Content-Length') ?? 0) > mostBytes + FRAME_BYTES) throw tooLarge(mostBytes);
}

export const tooLarge = (mostBytes: number): Problem =>
  new Problem('body-too-large', `文件超过 ${mostBytes / MIB} MiB，请压缩或拆分后重新上传。`);

function unreadable(error: unknown, mostBytes: number, request: Request): unknown {
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  if (status === 413) return new Problem('body-too-large', `内容超过 ${mostBytes / 1024} KiB，请精简后重新提交。`);
  return status < 500 ? new Problem('body-malformed', malformed(error, request)) : error;
}

const AS_JSON = '应为 JSON，例如 {"text": "已落实"}，并写明 Content-Type: application/json，请改正后重新提交。';

function malformed(error: unknown, request: Request): string {
  if (error instanceof Error && error.message === NOT_UTF8) return '内容不是 UTF-8 编码，请另存为 UTF-8 后重新提交。';
  if (request.is('multipart/form-data')) return `内容是以表单（curl -F）发来的，这里${AS_JSON}`;
  const isForm = request.is('application/x-www-form-urlencoded') && error instanceof Error && 'body' in error;
  if (isForm && /^[^{["]*=/.test(String(error.body))) return `内容是以表单（curl -d）发来的，这里${AS_JSON}`;
  return '内容不是有效的 JSON，请检查引号、逗号和括号是否成对，例如 {"text": "已落实"}，改正后重新提交。';
}
