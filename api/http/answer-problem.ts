import type { ErrorRequestHandler } from 'express';
import type { Logger } from 'pino';
import { CursorUnknown } from '../../lib/cursor.js';
import { invalidFields } from './fields.js';
import { loggedPath, routeOf } from './logged-path.js';
import { notFound, Problem } from './problems.js';

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
    const problem = asProblem(error);
    if (problem.status === 500) log.error({ err: error, method, path }, 'request failed');
    response
      .status(problem.status)
      .set(problem.extras.headers ?? {})
      .type('application/problem+json')
      .send(JSON.stringify(problem));
  };

/** The caller, in the middle of an answer. */
const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CursorUnknown) return invalidFields([{ field: 'cursor', detail: error.message }]);
  // express cannot decode such a path
  if (error instanceof URIError) return notFound('这个地址');
  return new Problem('internal', '系统内部出错，本次操作可能没有完成，请稍后用同一 Idempotency-Key 重试。');
}
