import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { named, type WorkNames } from '../../lib/log-lines.js';
import { tellRequest } from '../../lib/traces.js';
import { accountOf } from '../auth/sessions.js';
import type { Context } from '../engine/context.js';
import { loggedPath, routeOf } from './logged-path.js';

export const EVENT_STREAM = 'text/event-stream';

/** The id that a reverse proxy gave the request (nginx's `$request_id`), if it is nothing but an id. */
const GIVEN_ID = /^[0-9a-f]{8}[0-9a-f-]{8,56}$/i;

/**
 * Measures each request by its route, and logs who changed what with which result (GB/T 22239—2019 §8.1.4.3). A request
 * whose caller hung up before the answer is logged as `aborted`: its command may have been carried out. Bodies and
 * headers are not logged, because they carry passwords and tokens. Every line that is written meanwhile names the request.
 */
export const observe =
  ({ metrics, log, clock }: Context): RequestHandler =>
  (request, response, next) => {
    const started = performance.now();
    const startedAt = Date.now();
    const given = request.get('X-Request-Id') ?? '';
    const requestId = GIVEN_ID.test(given) ? given : randomUUID();
    const names: WorkNames = { requestId };
    response.set('X-Request-Id', requestId);
    response.once('close', () => {
      const method = request.method;
      const route = routeOf(request);
      const isStream = response.get('Content-Type')?.startsWith(EVENT_STREAM) ?? false;
      const status = response.writableFinished || isStream ? response.statusCode : 'aborted';
      const seconds = (performance.now() - started) / 1000;
      // A stream lasts for hours and ends as it may: neither is a time of answering nor a fault.
      if (!isStream) {
        metrics.requests.observe({ method, route: route ?? 'none', status: String(status) }, seconds);
        tellRequest(names.commandId, {
          name: `${method} ${route ?? 'none'}`,
          attributes: { 'http.request.method': method, 'http.response.status_code': status, ...names },
          startedAt,
        });
      }
      const level = method === 'GET' || method === 'HEAD' ? 'debug' : 'info';
      const accountId = accountOf(request, clock())?.accountId;
      log[level]({ ...names, method, path: loggedPath(request.path, route), status, seconds, accountId }, 'request');
    });
    named(names, next);
  };
