import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { BlobDamaged } from '../../ledger/blobs/blob-store.js';
import { isDatabaseAway } from '../../ledger/database.js';
import { PaperDamaged } from '../../ledger/papers.js';
import { CursorUnknown } from '../../lib/cursor.js';
import { invalidFields } from './fields.js';
import { loggedPath, routeOf } from './logged-path.js';
import { addressNotFound, Problem, type ProblemType } from './problems.js';

/** Every error becomes a problem document. Unexpected errors are logged and their reason is not told. */
export const answerProblem =
  (log: Logger): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const { method } = request;
    const path = loggedPath(request.path, routeOf(request));
    if (response.headersSent) {
      // Part of the answer is out. Breaking it off shows the caller that it is not whole.
      if (!isGone(error)) log.error({ err: error, method, path }, 'answer broken off');
      response.destroy();
      return;
    }
    const problem = asProblem(error, path);
    if (OURS.has(problem.type)) log.error({ err: error, method, path }, 'request failed');
    response
      .status(problem.status)
      .set(problem.extras.headers ?? {})
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };

/** Not the caller's fault. */
const OURS = new Set<ProblemType>(['internal', 'database-away', 'file-damaged']);

/** The caller, in the middle of an answer. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

function asProblem(error: unknown, path: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CursorUnknown) return invalidFields([{ field: 'cursor', detail: error.message }]);
  // express cannot decode such a path
  if (error instanceof URIError) return addressNotFound(path);
  if (isDatabaseAway(error)) return databaseAway();
  if (error instanceof PaperDamaged || error instanceof BlobDamaged) return fileDamaged();
  return new Problem('internal', '系统内部出错，本次操作可能没有完成，请稍后用同一 Idempotency-Key 重试。');
}

const fileDamaged = (): Problem =>
  new Problem(
    'file-damaged',
    '这份文件的原件在库中缺失或已被改动，因此不能给出；台账的记录仍在。请联系管理员，从备份中找回原件。',
  );

/** What was under way may have been carried out: the transaction was perhaps committed before the line broke. */
const databaseAway = (): Problem =>
  new Problem(
    'database-away',
    '暂时连接不上数据库，本次操作可能没有完成。请稍后重试；办理事项用同一 Idempotency-Key，不会重复办理。',
    { headers: { 'Retry-After': '5' } },
  );
