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

const QUIET_AFTER = 200;
const CONNECTIONS = 200;

test('of 200 requests that arrive just as a busy process should close their quiet connections none is lost', async () => {
  const listener = await listen(0, QUIET_AFTER);
  // As the program does, it answers after other work of the process.
  listener.open((_request, response) => void setTimeout(() => response.end('ok'), 20));
  const sockets = Array.from({ length: CONNECTIONS }, () => connect(listener.port, '127.0.0.1'));
  // From the beginning: on a busy machine the first are closed before the last is answered.
  const closed = sockets.map((socket) => once(socket, 'close'));
  const send = (socket: Socket): Promise<string> =>
    new Promise((resolve) => {
      socket.once('data', (answer: Buffer) => resolve(answer.toString())).once('close', () => resolve('closed'));
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n');
    });
  await Promise.all(sockets.map(send));
  const answers = sockets.map(send);
  // The requests are with the system. Nobody reads them before the time is over: it is a second more than we say.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, QUIET_AFTER + 2_000);
  const answered = (await Promise.all(answers)).filter((answer) => answer.startsWith('HTTP/1.1 200'));
  expect(answered).toHaveLength(CONNECTIONS);

  await Promise.all(closed);
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
