import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../../lib/testing/eventually.js';
import { type TestApp, testApp } from '../testing/app.js';
import { pdf, REFUSED, TAKEN } from '../testing/files.js';
import { download, form, upload } from '../testing/upload.js';
import { MOST_BYTES } from './routes.js';

const UNIT = 'education';
const OTHER = 'construction';
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const incoming = () => readdir(path.join(app.blobs.folder, 'incoming'));
const rows = () => app.database.db.selectFrom('attachments').selectAll().execute();

const untilNothingIsIncoming = () => eventually('nothing incoming', incoming, ({ length }) => length === 0, 5);

const multipart = { 'Content-Type': 'multipart/form-data; boundary=x' };
const part = (name: string, file = 'a.pdf') =>
  `--x\r\nContent-Disposition: form-data; name="${name}"; filename="${file}"\r\n\r\n`;
const field = (name: string, headers = '') => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n${headers}\r\n`;

/** A PDF of this many bytes, another for each text. */
const pdfOf = (size: number, text = '') => Buffer.concat([pdf(text), Buffer.alloc(size)]).subarray(0, size);

describe('uploading', () => {
  test.each(TAKEN)('%s is taken as what it is, whatever it says it is', async (ending, mediaType, bytes) => {
    const { status, body, headers } = await upload(app, UNIT, bytes, { name: `证明.${ending}` });
    const attachmentId = hashOf(bytes);
    const { remarks, ...rest } = body;
    expect({ status, rest }).toEqual({ status: 201, rest: { attachmentId, size: bytes.length, mediaType } });
    expect(headers.get('Location')).toBe(`/api/v1/attachments/${attachmentId}`);
    expect(await incoming()).toEqual([]);
  });

  test.each(REFUSED)('%s is refused as %s, and nothing is left of it', async (_what, word, bytes) => {
    const before = await rows();
    expect(await upload(app, UNIT, bytes, { name: '照片.jpg' })).toMatchObject({
      status: 415,
      body: { type: '/problems/attachment-type', detail: expect.stringMatching(`“照片.jpg”是.*${word}.*PDF`) },
    });
    expect(await rows()).toEqual(before);
    expect(await incoming()).toEqual([]);
  });

  test('20 MiB are taken, one byte more is 413', async () => {
    expect(await upload(app, UNIT, pdfOf(MOST_BYTES))).toMatchObject({ status: 201, body: { size: MOST_BYTES } });
    expect(await upload(app, UNIT, pdfOf(MOST_BYTES + 1))).toMatchObject({
      status: 413,
      body: { type: '/problems/body-too-large', detail: expect.stringContaining('20 MiB') },
    });
    expect(await incoming()).toEqual([]);
  });

  test('a request that says it is larger is refused unread', async () => {
    const { hostname, port } = new URL(app.url);
    const asked = httpRequest({ hostname, port, path: '/api/v1/attachments', method: 'POST' });
    asked.setHeader('Authorization', `Bearer ${await app.signIn(UNIT)}`);
    asked.setHeader('Content-Type', 'multipart/form-data; boundary=x');
    asked.setHeader('Content-Length', 2 * MOST_BYTES);
    asked.on('error', () => undefined);
    asked.flushHeaders();
    const [response] = await once(asked, 'response');
    expect(response.statusCode).toBe(413);
    asked.destroy();
  });

  test('the same file again is the same attachment; another unit gets its own, and the bytes are kept once', async () => {
    const bytes = pdf('one');
    const first = await upload(app, UNIT, bytes);
    expect(await upload(app, UNIT, bytes)).toMatchObject({ status: 200, body: first.body });
    expect(await upload(app, OTHER, bytes)).toMatchObject({ status: 201, body: first.body });
    const owners = (await rows()).filter((row) => row.attachment_id === hashOf(bytes)).map((row) => row.owner);
    expect(owners.sort()).toEqual([OTHER, UNIT]);
    const kept = await readdir(app.blobs.folder, { recursive: true });
    expect(kept.filter((name) => name.endsWith(hashOf(bytes)))).toHaveLength(1);
  });

  test('the same bytes under another name keep the first, and the answer says so', async () => {
    const bytes = pdf('named');
    await upload(app, UNIT, bytes, { name: '检查记录.pdf' });
    const again = await upload(app, UNIT, bytes, { name: '停工通知.pdf' });
    expect(again).toMatchObject({
      status: 200,
      body: { remarks: [expect.stringMatching(/先前已按“检查记录.pdf”保存.*“停工通知.pdf”/)] },
    });
    expect((await upload(app, UNIT, bytes, { name: '检查记录.pdf' })).body.remarks).toBeUndefined();
  });

  test('a file in base64 is what was wrapped, and one in another wrapping is refused by its name', async () => {
    const lines = pdf('wrapped').toString('base64').replaceAll(/.{7}/g, '$&\r\n');
    const wrapped = (encoding: string, content: string) =>
      `${part('file').replace(/\r\n\r\n$/, `\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`)}${content}\r\n--x--\r\n`;
    expect(await upload(app, UNIT, pdf(), { body: wrapped('Base64', lines), headers: multipart })).toMatchObject({
      body: { attachmentId: hashOf(pdf('wrapped')), mediaType: 'application/pdf' },
    });
    const printable = await upload(app, UNIT, pdf(), {
      body: wrapped('quoted-printable', '=25PDF'),
      headers: multipart,
    });
    expect(printable.body.errors).toEqual([{ field: 'file', detail: expect.stringMatching(/“quoted-printable”/) }]);
    await untilNothingIsIncoming();
  });

  test('the same key again is the same answer, with other content 422', async () => {
    const headers = { 'Idempotency-Key': 'photo' };
    const first = await upload(app, UNIT, pdf('key'), { headers });
    expect(await upload(app, UNIT, pdf('key'), { headers })).toMatchObject({ status: 200, body: first.body });
    expect(await upload(app, UNIT, pdf('other'), { headers })).toMatchObject({
      status: 422,
      body: { type: '/problems/key-reused' },
    });
    expect((await rows()).map((row) => row.attachment_id)).not.toContain(hashOf(pdf('other')));
  });

  test.each<[string, string]>([
    [
      'fields before the file',
      `${field('name')}a.pdf\r\n${field('uid')}1\r\n${part('file')}%PDF-1.7 %%EOF\r\n--x--\r\n`,
    ],
    ['fields after the file', `${part('file')}%PDF-1.7 %%EOF\r\n${field('note')}x\r\n--x--\r\n`],
    ['a file by another name', `${part('photo')}%PDF-1.7 %%EOF\r\n--x--\r\n`],
    ['a file without a name', `${field('file', 'Content-Type: application/pdf\r\n')}%PDF-1.7 %%EOF\r\n--x--\r\n`],
    ['a second place that was left empty', `${part('other', '')}\r\n${part('file')}%PDF-1.7 %%EOF\r\n--x--\r\n`],
    ['a first line and a last', `Preamble\r\n${part('file')}%PDF-1.7 %%EOF\r\n--x--\r\nepilogue`],
  ])('%s: the file is taken', async (_what, body) => {
    expect(await upload(app, UNIT, pdf(), { body, headers: multipart })).toMatchObject({ body: { size: 14 } });
    await untilNothingIsIncoming();
  });

  test('two files are refused by their names', async () => {
    const body = form(['甲.pdf', pdf('a')], ['乙.pdf', pdf('b')]);
    const { body: answer } = await upload(app, UNIT, pdf(), { body });
    expect(answer.errors).toEqual([
      { field: 'file', detail: expect.stringMatching(/一次只能上传一个文件，这次有2个：“甲.pdf”、“乙.pdf”/) },
    ]);
  });

  test('a name of very many endings, or of very many letters, is shortened', async () => {
    for (const name of [`照片${'.jpg'.repeat(15_000)}`, `${'.'.repeat(60_000)}.pdf`])
      expect(await upload(app, UNIT, pdf(name.slice(0, 9)), { name })).toMatchObject({ status: 201 });
  });

  test('a name in GBK is the name of the download', async () => {
    const [before, after] = [part('file', '\xcd\xa3\xb9\xa4.jfif'), '%PDF-1.7 GBK %%EOF\r\n--x--\r\n'];
    const body = new Blob([new Uint8Array(Buffer.from(before + after, 'latin1'))]);
    const { body: answer } = await upload(app, UNIT, pdf(), { body, headers: multipart });
    expect(answer.remarks).toEqual(['文件名以 .jfif 结尾，内容是PDF，已按“停工.pdf”保存。']);
    const downloaded = await download(app, UNIT, answer.attachmentId);
    expect(downloaded.headers.get('Content-Disposition')).toContain(encodeURIComponent('停工.pdf'));
  });

  test.each<[string, FormData | string, Record<string, string>, string]>([
    ['no form', '{}', { 'Content-Type': 'application/json' }, 'body-malformed'],
    ['a form of another kind', 'file=x', { 'Content-Type': 'application/x-www-form-urlencoded' }, 'body-malformed'],
    ['a form without its boundary', 'x', { 'Content-Type': 'multipart/form-data' }, 'body-malformed'],
    ['a form that is none', 'x', multipart, 'body-malformed'],
    ['a form that ends too early', `${part('file')}%PDF-1.7`, multipart, 'body-malformed'],
    ['an empty form', '--x--\r\n', multipart, 'fields-invalid'],
    ['two files', form(['a.pdf', pdf('a')], ['b.pdf', pdf('b')]), {}, 'fields-invalid'],
    ['fields without a file', `${field('note')}x\r\n--x--\r\n`, multipart, 'fields-invalid'],
    ['a place for a file that was left empty', `${part('file', '')}\r\n--x--\r\n`, multipart, 'fields-invalid'],
    [
      'very many parts',
      `${`${field('a')}\r\n`.repeat(101)}${part('file')}%PDF-1.7\r\n--x--\r\n`,
      multipart,
      'fields-invalid',
    ],
    ['an empty file', form(['a.pdf', Buffer.alloc(0)]), {}, 'fields-invalid'],
  ])('%s is 400', async (_what, body, headers, type) => {
    const before = await rows();
    const answered = await upload(app, UNIT, pdf(), { body, headers });
    expect(answered).toMatchObject({ status: 400, body: { type: `/problems/${type}` } });
    if (type === 'fields-invalid') expect(answered.body.errors).toMatchObject([{ field: 'file' }]);
    expect(await rows()).toEqual(before);
    await untilNothingIsIncoming();
  });

  test('a caller that goes away in the middle leaves nothing behind', async () => {
    const before = await rows();
    const { hostname, port } = new URL(app.url);
    const asked = httpRequest({ hostname, port, path: '/api/v1/attachments', method: 'POST' });
    asked.setHeader('Authorization', `Bearer ${await app.signIn(UNIT)}`);
    asked.setHeader('Content-Type', multipart['Content-Type']);
    asked.on('error', () => undefined);
    asked.write(part('file'));
    asked.write(pdfOf(1_000_000));
    await eventually('something incoming', incoming, ({ length }) => length > 0, 5);
    asked.destroy();
    await untilNothingIsIncoming();
    expect(await rows()).toEqual(before);
  });
});

describe('access', () => {
  test.each([
    ['nobody', 401],
    ['administrator', 403],
    ['supervisor', 403],
    ['office', 201],
    [UNIT, 201],
  ])('upload: %s %i', async (who, status) => {
    expect((await upload(app, who, pdf(`of ${who}`))).status).toBe(status);
  });

  test.each([
    ['administrator', 413],
    ['nobody', 401],
  ])('too large a file, of %s: %i', async (who, status) => {
    expect((await upload(app, who, pdfOf(MOST_BYTES + 100_000))).status).toBe(status);
  });

  test.each([
    [UNIT, 200],
    ['office', 200],
    ['supervisor', 200],
    [OTHER, 404],
    ['administrator', 403],
  ])('download a unit’s: %s %i', async (who, status) => {
    const { body } = await upload(app, UNIT, pdf('for whom'));
    expect((await download(app, who, body.attachmentId)).status).toBe(status);
  });

  test.each(['f'.repeat(64), 'none', '%00', `..%2f${'f'.repeat(64)}`])('unknown: %s 404', async (id) => {
    for (const who of ['office', UNIT]) expect((await download(app, who, id)).status).toBe(404);
  });
});

describe('downloading', () => {
  test('is never shown in our origin, and has all headers that a client needs', async () => {
    const bytes = pdf('headers');
    const { body } = await upload(app, UNIT, bytes, { name: '停工 "一".html' });
    const answered = await download(app, UNIT, body.attachmentId);
    expect(Buffer.from(await answered.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answered.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="?? ? .html.pdf"; filename*=UTF-8''${encodeURIComponent('停工 一 .html.pdf')}`,
      'content-length': String(bytes.length),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache, no-transform',
      etag: `"${hashOf(bytes)}"`,
    });
  });

  test('is 304 for a client that has the file, if it still may have it', async () => {
    const { body } = await upload(app, UNIT, pdf('cached'));
    const headers = { 'If-None-Match': `"${body.attachmentId}"` };
    const answered = await download(app, UNIT, body.attachmentId, headers);
    expect([answered.status, answered.headers.get('ETag')]).toEqual([304, `"${body.attachmentId}"`]);
    expect((await download(app, OTHER, body.attachmentId, headers)).status).toBe(404);
  });

  test('bytes that are gone or were changed are our error, and never come whole', async () => {
    const { body } = await upload(app, UNIT, pdfOf(500_000));
    const id = String(body.attachmentId);
    const file = path.join(app.blobs.folder, id.slice(0, 2), id);
    await writeFile(file, Buffer.alloc(500_000));
    await expect(download(app, UNIT, id).then((answered) => answered.arrayBuffer())).rejects.toThrow();
    await writeFile(file, Buffer.alloc(499_999));
    const answered = await download(app, UNIT, id);
    expect([answered.status, ((await answered.json()) as { type: string }).type]).toEqual([
      404,
      '/problems/file-damaged',
    ]);
    expect(answered.headers.get('Content-Disposition')).toBeNull();
  });
});
