import type { RequestHandler } from 'express';
import { accountOf } from '../auth/sessions.js';
import type { Context } from '../engine/context.js';
import { loggedPath, routeOf } from './logged-path.js';

/**
 * Measures each request by its route, and logs who changed what with which result (GB/T 22239—2019 §8.1.4.3). A request
 * whose caller hung up before the answer is logged as `aborted`: its command may have been carried out. Bodies and
 * headers are not logged, because they carry passwords and tokens.
 */
export const observe =
  ({ metrics, log, clock }: Context): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    response.once('close', () => {
      const method = request.method;
      const route = routeOf(request);
      const status = response.writableFinished ? response.statusCode : 'aborted';
      const seconds = (performance.now() - started) / 1000;
      metrics.requests.observe({ method, route: route ?? 'none', status: String(status) }, seconds);
      const level = method === 'GET' || method === 'HEAD' ? 'debug' : 'info';
      const accountId = request.session ? accountOf(request, clock())?.accountId : undefined;
      log[level]({ method, path: loggedPath(request.path, route), status, seconds, accountId }, 'request');
    });
    next();
  };
