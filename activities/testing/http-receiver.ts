import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: string;
}

/**
 * The connection stays open without an answer (`silence`) or after half of one, or it is closed without one (`cut`).
 */
export type Reaction =
  | 'silence'
  | 'half'
  | 'cut'
  | { status?: number; headers?: Record<string, string>; body?: string };

export interface Receiver {
  /** Without a slash at its end. */
  url: string;
  /** All requests so far, with their whole body. */
  received: ReceivedRequest[];
  close(): Promise<void>;
}

/** A real HTTP server on a free port of this machine. */
export async function startReceiver(
  react: (received: ReceivedRequest) => Reaction | Promise<Reaction> = () => ({}),
): Promise<Receiver> {
  const received: ReceivedRequest[] = [];
  const server = createServer(async (request, response) => {
    const whole = await wholeOf(request);
    received.push(whole);
    const reaction = await react(whole);
    if (reaction === 'half') response.writeHead(200).write('{"errcode":0,');
    if (reaction === 'cut') request.socket.destroy();
    if (typeof reaction === 'string') return;
    response.writeHead(reaction.status ?? 200, reaction.headers).end(reaction.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function wholeOf(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method!,
    url: new URL(request.url!, 'http://receiver.example'),
    headers: request.headers as Record<string, string>,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
