import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Request, RequestHandler, Response } from 'express';
import { alsoNamed } from '../../lib/log-lines.js';
import { authorise, requireNothingDue, requireSameOrigin, requireScope } from '../auth/access.js';
import type { Account } from '../auth/account.js';
import { accountOf, cameByCookie } from '../auth/sessions.js';
import type { Context } from '../engine/context.js';
import { readBody, refuseTooLarge } from './body.js';
import { checkFields } from './fields.js';
import { keyOf } from './idempotency.js';
import { loggedPath, routeOf } from './logged-path.js';
import { EVENT_STREAM } from './observe.js';
import { addressNotFound, Problem, quotingKey } from './problems.js';
import type { Answer, Route } from './route.js';
import { concreteAddress, recordTaken } from './taken-out.js';
import { isOfEpisode, tellEpisodeTime } from './time-headers.js';

const NOBODY: Account = { accountId: 'nobody', role: 'unit', mustChangePassword: false, hasSecondStep: false };

/**
 * Serves one route of the table. Checks come in the order of the contract: 401, 413, 400, 403, 404, 400, then the rest.
 */
export const serve =
  (route: Route, context: Context): RequestHandler =>
  async (request, response) => {
    const account = whoAsks(route, request, context.clock());
    const changes = route.method !== 'get';
    const body = route.body ? await readBody(request, response, route.access === 'anyone') : undefined;
    if (route.mostBytes !== undefined) refuseTooLarge(request, route.mostBytes);

    if (changes && route.access !== 'anyone' && cameByCookie(request))
      requireSameOrigin(request.headers, context.publicUrl);
    requireNothingDue(account, route.access, context.codes);
    if (account.program) requireScope(account.program, route);
    const ids = request.params as Record<string, string>;
    authorise(route.access, account, ids.unitId ?? textOf(request.query.unitId));

    if (Object.values(ids).some((id) => id.includes('\0')))
      throw addressNotFound(loggedPath(request.path, routeOf(request)));
    const found = await route.find?.(context, ids);
    if (ids.episodeId !== undefined) alsoNamed({ episodeId: ids.episodeId });
    if (isOfEpisode(route)) tellEpisodeTime(response, found, context.clock());
    const fields = checkFields(route, { params: ids, query: request.query, body });
    const { key, isKeyNew } = keyOf(request.get('Idempotency-Key'));
    if (route.method === 'post' || route.method === 'put') response.set('Idempotency-Key', key);

    const answer = await route
      .handle({
        context,
        ...fields,
        found,
        account,
        key,
        isKeyNew,
        action: actionOf(route, ids),
        session: context.sessions.of(request),
        request,
      })
      .catch(quotingKey(key));
    if (request.method !== 'HEAD')
      await recordTaken({ route, ids, query: fields.query, answer, account, request, context });
    if (answer.location !== undefined) response.location(answer.location);
    if (route.holdsSecret) response.set('Cache-Control', 'no-store, no-transform');
    response.set(answer.headers ?? {});
    await send(response.status(answer.status), answer);
  };

/** Method and the contract's address with its ids: the same action however a caller typed it. */
const actionOf = (route: Route, ids: Record<string, string>): string =>
  `${route.method.toUpperCase()} ${concreteAddress(route, ids)}`;

const SANDBOX = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/** nginx holds nothing back then. */
const STREAM = {
  'Content-Type': EVENT_STREAM,
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
};

async function send(response: Response, { body, file, page, stream }: Answer): Promise<void> {
  if (stream) {
    response.set(STREAM).flushHeaders();
    stream(response);
    if (response.req.method === 'HEAD') response.end();
  } else if (file) {
    response.attachment(file.name).type(file.mediaType).set('Content-Security-Policy', "default-src 'none'; sandbox");
    if (file.size !== undefined) response.set('Content-Length', String(file.size));
    await pipeline(Buffer.isBuffer(file.content) ? Readable.from(file.content) : file.content, response);
  } else if (page !== undefined) response.type('html').set('Content-Security-Policy', SANDBOX).send(page);
  else if (body === undefined) response.end();
  else response.json(body);
}

function whoAsks(route: Route, request: Request, now: number): Account {
  if (route.access === 'anyone') return NOBODY;
  const account = accountOf(request, now);
  if (!account) throw new Problem('sign-in-required', '尚未登录或登录已过期，请重新登录。');
  return account;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
