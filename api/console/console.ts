/** Serves the console: hashed files for a year, pages with a nonce of their own (docs/decisions/0030-console.md). */
import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Context } from '../engine/context.js';
import { type BuiltFile, readBuiltFiles } from './built-files.js';

/** Written by the build where a style or script carries its nonce (web/vite.config.mjs). */
const NONCE_PLACE = 'NONCE';
/** Addresses that are not the console's: an unknown one among them is answered as a program expects it. */
const OTHERS = /^\/(api|a|docs|public|receipts|openapi\.json|healthz|readyz|metrics)(\/|$)/;
/** Pages without the desk's component library: whoever signs in, and the units on their phones. */
const PHONE = /^\/(u(\/.*)?|sign-in|password)?$/;

/** Sent with a nonce, and known by their addresses alone. */
const PAGES = new Set(['/desk.html', '/phone.html', '/manifest-desk.json', '/manifest-phone.json', '/build-key']);

const NOT_BUILT =
  '控制台页面还没有构建。请安装开发依赖（npm ci），运行 npm run build，然后重新启动。接口（/api/v1）照常可用。\n';

/** The last of the program: every path that nobody else has is a page, for whoever asks for one. */
export function serveConsole({ consoleFolder, publicUrl }: Context): RequestHandler {
  const files = consoleFolder === undefined ? new Map<string, BuiltFile>() : readBuiltFiles(consoleFolder);
  const pages = { desk: pageIn(files.get('/desk.html')), phone: pageIn(files.get('/phone.html')) };
  const secure = publicUrl.startsWith('https:');

  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const file = PAGES.has(request.path) ? undefined : files.get(request.path);
    if (file) return sendFile(request, response, file);
    if (!isPage(request)) return next();
    const page = PHONE.test(request.path) ? pages.phone : pages.desk;
    if (page === undefined) response.status(503).type('text').send(NOT_BUILT);
    else sendConsolePage(response, page, secure);
  };
}

/** Programs take anything, and get a problem document for an unknown address. Browsers ask for a page. */
const isPage = (request: Request): boolean =>
  request.path === '/' || (!OTHERS.test(request.path) && request.accepts(['json', 'html']) === 'html');

const pageIn = (file: BuiltFile | undefined): string | undefined => file?.bodies.at(-1)?.content.toString('utf8');

function sendFile(request: Request, response: Response, { extension, bodies }: BuiltFile): void {
  const { encoding, content } = bodies.find((body) => request.acceptsEncodings(body.encoding)) ?? bodies.at(-1)!;
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response
    .type(extension)
    .vary('Accept-Encoding')
    .set('Cache-Control', request.path.startsWith('/assets/') ? FOR_EVER : 'public, max-age=3600')
    .send(content);
}

const FOR_EVER = 'public, max-age=31536000, immutable';

/** Kept nowhere: it names the files of this build, and its nonce is for one answer. */
function sendConsolePage(response: Response, page: string, secure: boolean): void {
  const nonce = randomBytes(16).toString('base64url');
  response
    .set('Content-Security-Policy', policyOf(nonce, secure))
    .set('Cache-Control', 'no-store')
    .type('html')
    .send(page.replaceAll(`"${NONCE_PLACE}"`, `"${nonce}"`));
}

const policyOf = (nonce: string, secure: boolean): string =>
  [
    "default-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob: data:",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    ...(secure ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
