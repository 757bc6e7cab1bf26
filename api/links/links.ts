/** The page behind a link in a message, and the acknowledgement by its button (§3.1.3, docs/decisions/0018). */
import express, { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { episodeTimeAt } from '../../episode/clock.js';
import type { Actor, Command } from '../../episode/commands.js';
import { dutyDesk } from '../../ledger/people/duty-desk.js';
import { ACKNOWLEDGE_PATH, type Link } from '../../ledger/people/links.js';
import { callerAddress } from '../auth/caller-address.js';
import { createFailures } from '../auth/failure-limit.js';
import { carryOut } from '../engine/commands.js';
import type { Context } from '../engine/context.js';
import { theUnitOfEpisode } from '../engine/load-episode.js';
import { commandIdOf, contentHashOf } from '../http/idempotency.js';
import { type PlainPage, sendPage } from '../http/page.js';
import {
  expiredPage,
  failedPage,
  invalidPage,
  matterPage,
  seenIn,
  tooManyPage,
  unknownPage,
} from './acknowledge-page.js';
import { matterOf, type OpenMatter } from './link-subject.js';
import { tokenIn } from './token-in.js';

/** Opening a link changes nothing: mail servers and telephones open links before people do. */
export function linkRoutes(context: Context): Router {
  const path = `${ACKNOWLEDGE_PATH}/:token`;
  const behindLink = createBehindLink(context);
  return Router()
    .use(ACKNOWLEDGE_PATH, findToken)
    .get(
      path,
      behindLink((link) => show(context, link)),
    )
    .post(
      path,
      express.urlencoded({ extended: false, limit: '10kb' }),
      behindLink((link, request) => acknowledge(context, link, seenBefore(request))),
    )
    .use(answerTrouble(context));
}

/** The address goes on as the link was made. One without a whole token is no guess, and its visitor is told to tap again. */
const findToken: RequestHandler = (request, response, next) => {
  const token = tokenIn(request.url);
  if (token === undefined) return sendPage(response, invalidPage);
  request.url = `/${token}`;
  next();
};

/** Verifies before it counts: guesses from the same address never block a genuine link. */
function createBehindLink({ links, clock }: Context) {
  const guesses = createFailures({ most: 10, pauseSeconds: 30 });

  async function refuse(address: string): Promise<PlainPage> {
    const wait = await guesses.lockedFor(address);
    if (wait > 0) return tooManyPage(wait);
    await guesses.count(address);
    return invalidPage;
  }

  return (work: (link: Link, request: Request) => Promise<PlainPage>): RequestHandler =>
    async (request, response) => {
      const checked = await links.verify(String(request.params.token), 'acknowledge', clock());
      if (checked.status === 'valid') sendPage(response, await work(checked.link, request));
      else sendPage(response, checked.status === 'expired' ? expiredPage : await refuse(callerAddress(request)));
    };
}

/** Answers with a page, because a person reads it. */
const answerTrouble =
  ({ log }: Context): ErrorRequestHandler =>
  (error: unknown, _request, response, _next) => {
    const status = statusOf(error);
    if (status >= 500) log.error({ err: error }, 'link failed');
    sendPage(response, status >= 500 ? failedPage : { ...invalidPage, status });
  };

const statusOf = (error: unknown): number => (error instanceof Error && 'status' in error ? Number(error.status) : 500);

const show = async (context: Context, link: Link): Promise<PlainPage> => matterPage((await find(context, link)).matter);

/**
 * `seen` is the last notice on the caller's page; a later one is shown before it is acknowledged. Without it the caller
 * is no button of ours but a program that tries addresses, and is only shown the page.
 */
async function acknowledge(context: Context, link: Link, seen: string | undefined): Promise<PlainPage> {
  const { state, matter } = await find(context, link);
  if (matter.kind !== 'open') return matterPage(matter, matter.kind === 'ended' ? 409 : 200);
  if (seen === undefined) return matterPage(matter);
  if (seen !== seenIn(matter)) return matterPage(matter, 409, true);
  try {
    await carryOut({ context, isKeyNew: false }, state, commandOf(link, matter));
  } catch (error) {
    return refusedPage(context, link, matter, error);
  }
  return show(context, link);
}

/** Shows a warning that was lifted meanwhile. An unknown outcome may be asked for again. */
async function refusedPage(context: Context, link: Link, matter: OpenMatter, error: unknown): Promise<PlainPage> {
  const status = statusOf(error);
  if (status === 503) return unknownPage(matter);
  if (status === 409) return matterPage((await find(context, link)).matter, 409);
  throw error;
}

async function find(context: Context, link: Link) {
  const { state, unit } = await theUnitOfEpisode(context, { episodeId: link.episodeId, unitId: link.unitId });
  const desk = await dutyDesk(context.database, episodeTimeAt(state.clock, context.clock()));
  return { state, matter: matterOf(state, unit, desk) };
}

/**
 * The same notices and contact make the same command, whatever message the link is from. It names the notices: one that
 * arrives before the command does was on nobody's page.
 */
function commandOf({ episodeId, unitId, contact }: Link, { notices }: OpenMatter): Command {
  const noticeIds = notices.map(({ noticeId }) => noticeId);
  return {
    commandId: commandIdOf(`link:${contact}`, `acknowledge ${episodeId} ${unitId}`, noticeIds.join(' ')),
    bodyHash: contentHashOf({}),
    actor: BY_LINK,
    body: { kind: 'acknowledge', unitId, noticeIds, link: { contact } },
  };
}

/** Nobody has signed in: the actor holds the unit's link. */
const BY_LINK: Actor = { accountId: 'link', role: 'unit' };

function seenBefore({ body }: Request): string | undefined {
  const fields = body as Record<string, unknown> | undefined;
  return typeof fields?.seen === 'string' ? fields.seen : undefined;
}
