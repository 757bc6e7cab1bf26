/**
 * The HTTP port. It is taken before anything else, so that the address is known and a port in use stops the start. It
 * answers once there is an app.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../lib/start-error.js';

export interface Listener {
  port: number;
  /** Further connections are closed at once. */
  mostConnections: number;
  /** From now on `handler` answers requests. Before, the answer is 503. */
  open(handler: RequestListener): void;
  /** Accepts no more requests and waits for those under way. */
  close(): Promise<void>;
}

/** The time for requests under way when the process stops: more than the longest call to the engine. */
const REQUESTS_WITHIN = 12_000;

/**
 * A proxy closes a connection that it keeps to us after 60 s (nginx, most load balancers). The server waits longer: of
 * two who close at the same time, the one that sends loses its request.
 */
const KEEP_ALIVE = 75_000;

/** A sender gets 10 s for the headers of a request, and two minutes for all of it: 20 MiB at 1.4 Mbit/s. */
const PATIENCE = { headersTimeout: 10_000, requestTimeout: 120_000, connectionsCheckingInterval: 5_000 };

/**
 * Descriptors for the program's own files, threads and connections. Lacking one, it would abort in the middle of its
 * work.
 */
const RESERVED_DESCRIPTORS = 400;
const FEWEST_CONNECTIONS = 100;
const MOST_CONNECTIONS = 10_000;
const USUAL_DESCRIPTORS = 1_024;

/** Further connections are closed at once. Node raises the limit of open files to the system's hard limit. */
const mostConnections = (): number => {
  const free = descriptorLimit() - RESERVED_DESCRIPTORS;
  return Math.min(MOST_CONNECTIONS, Math.max(FEWEST_CONNECTIONS, free));
};

const descriptorLimit = (): number => {
  try {
    const [, limit] = /^Max open files +(\w+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return limit === 'unlimited' ? Number.POSITIVE_INFINITY : Number(limit ?? USUAL_DESCRIPTORS);
  } catch {
    return USUAL_DESCRIPTORS;
  }
};

/**
 * Closes a connection that has been quiet for too long, unless a request has arrived on it that nobody has read yet: the
 * process may have been busy while the time ran out.
 */
const closeIfQuiet = (socket: Socket): void => {
  const before = socket.bytesRead;
  // What waits in the kernel is read between two of these.
  setImmediate(() => setImmediate(() => socket.bytesRead === before && socket.destroy()));
};

/**
 * Listens on `port`, or on any free one for 0. `keepAliveTimeout`: milliseconds after which a quiet connection is closed;
 * `name`: of the configuration that gives the port. Throws `StartError` when it cannot.
 */
export const listen = async (port: number, keepAliveTimeout = KEEP_ALIVE, name = 'PORT'): Promise<Listener> => {
  let handle: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '2' }).end();
  };
  const server = createServer({ ...PATIENCE, keepAliveTimeout }, (request, response) => handle(request, response));
  server.on('timeout', closeIfQuiet);
  server.maxConnections = mostConnections();
  try {
    await once(server.listen(port), 'listening');
  } catch (error) {
    throw new StartError(`端口 ${port} 不能使用：${String(error)}。请停止占用它的程序，或用 ${name} 另行指定。`);
  }
  return {
    port: (server.address() as AddressInfo).port,
    mostConnections: server.maxConnections,
    open: (handler) => {
      handle = handler;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      const impatience = setTimeout(() => server.closeAllConnections(), REQUESTS_WITHIN);
      await closed;
      clearTimeout(impatience);
    },
  };
};

const READY_WITHIN = 60_000;

/**
 * Waits until the program on `port` reports that database and engine answer and a worker polls. One episode without a
 * run keeps no other from being served.
 */
export const untilReady = async (port: number): Promise<void> => {
  const until = Date.now() + READY_WITHIN;
  while (Date.now() < until) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`);
    if (answer.ok || (await answer.text()).includes('/problems/episode-interrupted')) return;
    await delay(50);
  }
  throw new StartError('启动后一分钟内仍未就绪。原因见数据目录中的 logs/qingkong.log。');
};
