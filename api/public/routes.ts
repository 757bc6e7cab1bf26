/** The public pages (§3.1.4, §5.2): without sign-in, script and cookie, from memory (docs/public-pages.md). */
import { type ErrorRequestHandler, type Request, type RequestHandler, Router } from 'express';
import { PUBLIC_PATH } from '../../documents/public/addresses.js';
import type { Context } from '../engine/context.js';
import { type Rendered, sendRendered } from './rendered.js';
import { createPublicSite, type PublicSite } from './site.js';

export function publicRoutes(context: Context): Router {
  const open = createPublicSite(context);
  const answer =
    (choose: (site: PublicSite, request: Request) => Rendered): RequestHandler =>
    async (request, response) =>
      sendRendered(request, response, choose(await open(), request));
  const episodeIn = ({ params }: Request): string => String(params.episodeId);

  return Router()
    .get(
      PUBLIC_PATH,
      answer((site) => site.home()),
    )
    .get(
      `${PUBLIC_PATH}/warnings/:episodeId`,
      answer((site, request) => site.warning(episodeIn(request))),
    )
    .get(
      `${PUBLIC_PATH}/warnings/:episodeId/:text.cap.xml`,
      answer((site, request) => site.cap(episodeIn(request), String(request.params.text))),
    )
    .get(
      `${PUBLIC_PATH}/history`,
      answer((site, { query }) => site.history(yearIn(query.year))),
    )
    .get(
      `${PUBLIC_PATH}/reviews/:episodeId`,
      answer((site, request) => site.review(episodeIn(request))),
    )
    .get(
      `${PUBLIC_PATH}/statements/:episodeId/:statementId`,
      answer((site, request) => site.statement(episodeIn(request), String(request.params.statementId))),
    )
    .get(
      `${PUBLIC_PATH}/feed.atom`,
      answer((site) => site.feed()),
    )
    .get(
      `${PUBLIC_PATH}/current.json`,
      answer((site) => site.current()),
    )
    .get(
      `${PUBLIC_PATH}/{*rest}`,
      answer((site) => site.unknown()),
    )
    .use(PUBLIC_PATH, answerTrouble(context, open));
}

/** Not a year: one in which nothing was issued. */
const yearIn = (given: unknown): number | undefined =>
  given === undefined ? undefined : typeof given === 'string' && /^\d{4}$/.test(given) ? Number(given) : 0;

/** An address that cannot be decoded is unknown; a fault of ours is told in words, and kept nowhere. */
const answerTrouble =
  ({ log }: Context, open: () => Promise<PublicSite>): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    const isTheirs = error instanceof Error && 'status' in error && Number(error.status) < 500;
    if (isTheirs) return sendRendered(request, response, (await open()).unknown());
    log.error({ err: error }, 'public page failed');
    response.status(503).set({ 'Cache-Control': 'no-store', 'Retry-After': '5' }).type('text').send(FAILED);
  };

const FAILED = '系统暂时出错，请稍后再试。\n';
