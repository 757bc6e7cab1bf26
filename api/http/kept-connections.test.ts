/** A refusal leaves the connection in order: the caller's next request on it is answered (RFC 9112 §9.3). */
import { Agent, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApp, testApp } from '../testing/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

interface Sent {
  path: string;
  headers: Record<string, string>;
  /** Written in chunks of 64 KiB. */
  bytes: number;
}

/** Sends one request over the agent's connection. Answers the status. */
const send = (agent: Agent, { path, headers, bytes }: Sent): Promise<number> =>
  new Promise((resolve, reject) => {
    const asked = request(app.url + path, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode!));
    });
    asked.once('error', reject);
    const chunk = Buffer.alloc(65_536, 0x20);
    for (let left = bytes; left > 0; left -= chunk.length) asked.write(chunk.subarray(0, Math.min(left, chunk.length)));
    asked.end();
  });

const MIB = 1_048_576;
const form = { 'Content-Type': 'multipart/form-data; boundary=x' };
const json = { 'Content-Type': 'application/json' };

test.each([
  ['JSON too large by its own account', '/api/v1/episodes', json, 413, 2 * MIB, true],
  ['JSON that turns out too large', '/api/v1/episodes', json, 413, 2 * MIB, false],
  ['a sign-in too large', '/api/v1/sessions', json, 413, MIB, true],
  ['a form too large by its own account', '/api/v1/attachments', form, 413, 25 * MIB, true],
  ['a form that turns out to be none', '/api/v1/attachments', form, 400, 2 * MIB, false],
  ['a list in a form that turns out to be none', '/api/v1/roster/imports', form, 400, 2 * MIB, false],
  ['a list that turns out too large', '/api/v1/roster/imports', json, 413, 12 * MIB, false],
  ['somebody who has not signed in', '/api/v1/episodes', json, 401, 2 * MIB, true],
  ['an address that is none', '/nowhere', json, 404, 2 * MIB, false],
  ['a method that is none', '/api/v1/roster/gaps', json, 405, 2 * MIB, false],
  ['a receipt that nobody expects', '/receipts/sms/x', json, 404, 2 * MIB, false],
] as const)('after the refusal of %s the next request is answered', async (_, path, type, status, bytes, isSaid) => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = {
    ...type,
    ...(status === 401 ? {} : { Authorization: `Bearer ${await app.signIn('office')}` }),
    ...(isSaid ? { 'Content-Length': String(bytes) } : {}),
  };
  for (let i = 0; i < 3; i += 1) {
    expect(await send(agent, { path, headers, bytes })).toBe(status);
    expect(await send(agent, { path: '/nowhere', headers: {}, bytes: 0 })).toBe(404);
  }
  agent.destroy();
});
