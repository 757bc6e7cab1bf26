/** A page as it is sent: made once, compressed once. */
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

export interface Rendered {
  status: number;
  type: string;
  headers: Record<string, string>;
  etag: string;
  bodies: Array<{ encoding: 'br' | 'gzip' | 'identity'; content: Buffer }>;
}

/** Of a page of ten kilobytes a fifth is left. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

export function rendered(
  text: string,
  { type, status = 200, headers = {} }: { type: string; status?: number; headers?: Record<string, string> },
): Rendered {
  const content = Buffer.from(text);
  return {
    status,
    type,
    headers,
    // Weak, because the same page goes out in several encodings.
    etag: `W/"${createHash('sha256').update(content).digest('base64url')}"`,
    bodies: [
      { encoding: 'br', content: brotliCompressSync(content, BROTLI) },
      { encoding: 'gzip', content: gzipSync(content) },
      { encoding: 'identity', content },
    ],
  };
}

/**
 * Whoever has it already is answered 304 by express, a page elsewhere too: `fetch` asks for `no-cache` with an If-None-Match of
 * its own, and no answer of ours is from a cache.
 */
export function sendRendered(
  request: Request,
  response: Response,
  { status, type, headers, etag, bodies }: Rendered,
): void {
  delete request.headers['cache-control'];
  const { encoding, content } = bodies.find((body) => request.acceptsEncodings(body.encoding)) ?? bodies.at(-1)!;
  if (encoding !== 'identity') response.set('Content-Encoding', encoding);
  response
    .status(status)
    .set({ 'Cache-Control': 'public, max-age=60', ETag: etag, ...headers })
    .vary('Accept-Encoding')
    .type(type)
    .send(content);
}
