import type { Answered, TestApp } from './app.js';
import { contentTypeOf, requireConforming } from './conform.js';

const ATTACHMENTS = '/api/v1/attachments';

interface Upload {
  name?: string;
  headers?: Record<string, string>;
  /** Replaces the form with one file. */
  body?: FormData | Blob | string;
}

/** Uploads as a browser does. */
export async function upload(
  app: TestApp,
  as: string,
  bytes: Buffer,
  { name = '照片.jpg', headers = {}, body }: Upload = {},
): Promise<Answered> {
  const response = await fetch(app.url + ATTACHMENTS, {
    method: 'POST',
    headers: { ...(as === 'nobody' ? {} : { Authorization: `Bearer ${await app.signIn(as)}` }), ...headers },
    body: body ?? form([name, bytes]),
  });
  const answer = JSON.parse(await response.text()) as Answered['body'];
  requireConforming('POST', ATTACHMENTS, response.status, contentTypeOf(response), answer);
  return { status: response.status, headers: response.headers, body: answer };
}

export function form(...files: Array<[string, Buffer]>): FormData {
  const made = new FormData();
  // Declared as a type that it may well not have.
  for (const [name, bytes] of files)
    made.append('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), name);
  return made;
}

export async function download(
  app: TestApp,
  as: string,
  attachmentId: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${app.url}${ATTACHMENTS}/${attachmentId}`, {
    headers: { Authorization: `Bearer ${await app.signIn(as)}`, ...headers },
  });
}
