import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import express from 'express';
import type { Context } from '../engine/context.js';
import { observe } from './observe.js';

test('a caller who hangs up before the answer is in the log, and in the measured times', async () => {
  const measured: string[] = [];
  const logged: unknown[] = [];
  const context = {
    metrics: { requests: { observe: ({ status }: { status: string }) => measured.push(status) } },
    log: { info: (line: unknown) => logged.push(line) },
    clock: Date.now,
  } as unknown as Context;
  const app = express().use(observe(context), (_request, response) => {
    response.once('close', () => app.emit('hung up'));
    app.emit('asked');
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');

  const asked = once(app, 'asked');
  const hungUp = once(app, 'hung up');
  const call = request({ port: (server.address() as AddressInfo).port, method: 'POST', path: '/reports' });
  call.on('error', () => undefined);
  call.end();
  await asked;
  call.destroy();
  await hungUp;

  expect(measured).toEqual(['aborted']);
  expect(logged).toMatchObject([{ method: 'POST', path: '/…', status: 'aborted' }]);
  server.close();
});
