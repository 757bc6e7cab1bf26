import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { type TemporaryBlobs, temporaryBlobs } from '../../ledger/testing/blobs.js';
import { eventually } from '../../lib/testing/eventually.js';
import { receiveFile } from './form.js';
import { notFound } from './problems.js';

const PIECE = Buffer.alloc(65_536);
const PIECES = 300;
const UPLOADS = 4;
const MIB = 1_048_576;

let blobs: TemporaryBlobs;
let server: Server;
let address = '';
/** Until then it takes nothing. */
let diskIsBack = () => {};

beforeAll(async () => {
  blobs = await temporaryBlobs();
  const waiting = new Promise<void>((resolve) => {
    diskIsBack = resolve;
  });
  const spool = { take: (content: Readable) => waiting.then(() => blobs.spool.take(content)) };
  const app = express().post('/', async (request, response) => {
    const { kept } = await receiveFile(request, {
      mostBytes: PIECE.length * PIECES,
      tooLarge: () => notFound('attachment', 'x'),
      keep: spool.take,
    });
    await kept.discard();
    response.json({ size: kept.size });
  });
  server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await blobs.remove();
});

test('while the disk is slow, large files wait outside, not in memory', async () => {
  const before = held();
  let sent = 0;
  const answers = Promise.all(
    Array.from({ length: UPLOADS }, () =>
      uploaded(() => {
        sent += PIECE.length;
      }),
    ),
  );
  for (let seen = -1; sent === 0 || seen !== sent; await pause(300)) seen = sent;
  // Garbage is swept some time after it is collected.
  await eventually('little memory', held, (bytes) => bytes - before < 2 * MIB, 300);

  diskIsBack();
  expect(await answers).toEqual(Array.from({ length: UPLOADS }, () => ({ size: PIECE.length * PIECES })));
});

/** One piece over and over, so that what is held is the server's. */
async function uploaded(onPiece: () => void): Promise<unknown> {
  async function* body() {
    yield Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n');
    for (let i = 0; i < PIECES; i += 1) {
      onPiece();
      yield PIECE;
    }
    yield Buffer.from('\r\n--x--\r\n');
  }
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
    body: Readable.toWeb(Readable.from(body())) as ReadableStream,
    duplex: 'half',
  } as RequestInit);
  return JSON.parse(await response.text());
}

/** Bytes that are not garbage, and garbage that was not swept yet. */
function held(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().arrayBuffers;
}
