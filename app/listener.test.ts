import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect, test } from '@jest/globals';
import { firstLine, runScriptWithFiles } from '../test/support/child.js';
import { listen, untilReady } from './listener.js';

test('a start waits for readiness, but not for a single episode whose run broke off', async () => {
  const listener = await listen(0);
  const answers = ['not-ready', 'not-ready', 'episode-interrupted'];
  let asked = 0;
  listener.open((_request, response) => {
    const type = answers[asked] ?? 'asked once too often';
    asked += 1;
    response.writeHead(503).end(JSON.stringify({ type: `/problems/${type}` }));
  });
  await untilReady(listener.port);
  expect(asked).toBe(answers.length);
  await listener.close();
});

const PROGRAM = `
  import { listen } from './app/listener.ts';
  const listener = await listen(0);
  listener.open((request, response) => response.end('ok'));
  console.log(listener.port);
`;

test('connections are limited by the files the program may open, and idle ones harm nothing', async () => {
  const child = runScriptWithFiles(500, PROGRAM);
  const port = Number(await firstLine(child));

  const sockets: Socket[] = [];
  let closed = 0;
  for (let i = 0; i < 150; i += 1) {
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.once('close', () => {
      closed += 1;
    });
    await once(socket, 'connect');
    sockets.push(socket);
  }
  while (closed < 50) await new Promise(setImmediate);
  for (const socket of sockets) socket.destroy();

  let answer = '';
  while (answer === '')
    answer = await fetch(`http://127.0.0.1:${port}`).then(
      (response) => response.text(),
      () => '',
    );
  expect(answer).toBe('ok');
  child.kill('SIGKILL');
  await once(child, 'exit');
});
