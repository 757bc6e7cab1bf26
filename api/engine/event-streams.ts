/**
 * Tells the callers who are connected that something has changed, without its content: they read again, and are checked as
 * they do (docs/design.md, "HTTP").
 */
import { EventEmitter, once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Logger } from 'pino';
import { type Appending, type DatabaseChange, listenToChanges, type Unrecorded } from '../../ledger/changes.js';
import type { Database } from '../../ledger/database.js';
import { type LastSeqs, lastSeqs } from '../../ledger/reading/last-seqs.js';
import { atIntervals } from '../../lib/at-intervals.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Account } from '../auth/account.js';
import { Problem } from '../http/problems.js';

export interface StreamCaller {
  account: Account;
  isSignedIn(): Promise<boolean>;
}

export interface EventStreams {
  /**
   * Hears for a caller from now on, and answers how to begin telling him. Refuses one stream too many with 429; with 503 while
   * changes are not heard, or the process stops.
   */
  open(listener: StreamCaller): Promise<(sink: Writable) => void>;
  count(): number;
  /** Ends every stream, so that the process can stop. */
  close(): Promise<void>;
}

export interface StreamLimits {
  /** Streams of one account: its people share it, each with several pages, and a line that was lost ends only later. */
  ofAccount: number;
  inAll: number;
  /** Milliseconds from one tick to the next. Whoever has not taken what was sent by the next one is dropped. */
  tickEvery: number;
}

export const USUAL_LIMITS: StreamLimits = { ofAccount: 50, inAll: 1_000, tickEvery: 15_000 };

/** At most four times a second. */
const PAUSE_MS = 250;

/** So long a caller waits for the line to the database. */
const LONGEST_WAIT_MS = 5_000;

/** After a stream ends, a browser connects again after this. */
const RETRY_MS = 3_000;

interface Stream extends StreamCaller {
  /** Absent until its caller is told the numbers of his episodes. What changes before waits. */
  sink?: Writable;
  /** What its caller has not been told yet: the last number of each episode, and what is in no entry. */
  seqs: Map<string, number>;
  unrecorded: Set<Unrecorded>;
  /** It had not taken what was sent when the last tick came. */
  isSlow: boolean;
}

interface Parts {
  database: Database;
  clock: () => number;
  log: Logger;
  limits?: Partial<StreamLimits> | undefined;
}

export function createEventStreams({ database, clock, log, limits }: Parts): EventStreams {
  const { ofAccount, inAll, tickEvery } = { ...USUAL_LIMITS, ...limits };
  const streams = new Set<Stream>();
  const failed = (error: unknown) => log.warn({ err: error }, 'changes are not told, trying again');
  /** Opened for the first stream: a process without callers needs none. */
  let line: ReturnType<typeof openLine> | undefined;
  let isClosed = false;
  let pausing: NodeJS.Timeout | undefined;

  function openLine() {
    const beginnings = new EventEmitter().setMaxListeners(0);
    let isHearing = false;
    const listening = listenToChanges(database, {
      changed: take,
      begun() {
        isHearing = true;
        beginnings.emit('begun');
        void greet(begunStreams()).catch(failed);
      },
      failed(error) {
        isHearing = false;
        failed(error);
      },
    });
    const ticking = atIntervals(tickEvery, tick, failed);
    return {
      isHeard: async (): Promise<boolean> =>
        isHearing ||
        once(beginnings, 'begun', { signal: AbortSignal.timeout(LONGEST_WAIT_MS) }).then(
          () => true,
          () => false,
        ),
      async close() {
        await ticking.stop();
        await listening.close();
      },
    };
  }

  const begunStreams = () => [...streams].filter(({ sink }) => sink !== undefined);

  const numbersFor = (those: readonly Stream[]): Promise<LastSeqs> =>
    lastSeqs(database, [...new Set(those.flatMap(({ account }) => account.unitId ?? []))]);

  /** Again, because some may have been missed. What is appended meanwhile is heard already, and told after it. */
  async function greet(those: readonly Stream[]): Promise<void> {
    if (those.length === 0) return;
    const seqs = await numbersFor(those);
    for (const stream of those) send(stream, 'episodes', { episodes: visibleTo(stream.account, seqs) });
  }

  function take(change: DatabaseChange): void {
    if ('what' in change && change.what === 'sessions') {
      void endSignedOut().catch(failed);
      return;
    }
    for (const stream of streams) {
      if (!('what' in change)) {
        if (concerns(stream.account, change)) stream.seqs.set(change.episodeId, change.seq);
      } else if (change.what !== 'sessions') stream.unrecorded.add(change.what);
    }
    pausing ??= setTimeout(flush, 0);
  }

  /** Tells what has gathered, and lets more gather for a while. */
  function flush(): void {
    clearTimeout(pausing);
    pausing = undefined;
    let hasTold = false;
    for (const stream of streams) hasTold = tellGathered(stream) || hasTold;
    if (hasTold) pausing = setTimeout(flush, PAUSE_MS);
  }

  async function tick(): Promise<void> {
    for (const stream of streams) {
      const wasSlow = stream.isSlow;
      stream.isSlow = stream.sink?.writableNeedDrain ?? false;
      if (wasSlow && stream.isSlow) stream.sink?.destroy();
      else if (!stream.isSlow) send(stream, 'tick', { at: beijingIso(clock()) });
    }
    await endSignedOut();
  }

  async function endSignedOut(): Promise<void> {
    await Promise.all(
      begunStreams().map(async (stream) => {
        if (!(await stream.isSignedIn())) end(stream, 'signed-out');
      }),
    );
  }

  function end(stream: Stream, reason: 'signed-out' | 'restart'): void {
    if (!streams.delete(stream)) return;
    send(stream, 'ended', { reason });
    stream.sink?.end();
  }

  function requireRoom({ accountId }: Account): void {
    if (isClosed) throw new Problem('not-ready', '系统正在停止，请稍后重新连接。');
    const own = [...streams].filter(({ account }) => account.accountId === accountId).length;
    if (own >= ofAccount)
      throw tooMany(`本账号已有${own}个页面在接收实时更新，请关闭不用的页面，一分钟后再试；其间请定时刷新。`);
    if (streams.size >= inAll) throw tooMany('接收实时更新的页面太多，请一分钟后再试；其间请定时刷新。');
  }

  return {
    count: () => streams.size,
    async open(listener) {
      requireRoom(listener.account);
      const stream: Stream = { ...listener, seqs: new Map(), unrecorded: new Set(), isSlow: false };
      streams.add(stream);
      try {
        line ??= openLine();
        if (!(await line.isHeard()))
          throw new Problem('not-ready', '暂时收不到变化的通知，请稍后重新连接；其间请定时刷新。');
        const seqs = await numbersFor([stream]);
        return (sink) => {
          stream.sink = sink.on('error', () => undefined).once('close', () => streams.delete(stream));
          if (sink.destroyed) streams.delete(stream);
          sink.write(`retry: ${RETRY_MS}\n\n`);
          send(stream, 'episodes', { episodes: visibleTo(stream.account, seqs) });
          if (streams.has(stream)) tellGathered(stream);
          else sink.end();
        };
      } catch (error) {
        streams.delete(stream);
        throw error;
      }
    },
    async close() {
      isClosed = true;
      for (const stream of streams) end(stream, 'restart');
      clearTimeout(pausing);
      await line?.close();
    },
  };
}

function tellGathered(stream: Stream): boolean {
  const { sink, seqs, unrecorded } = stream;
  if (!sink || sink.writableNeedDrain || seqs.size + unrecorded.size === 0) return false;
  for (const [episodeId, seq] of seqs) send(stream, 'episode', { episodeId, seq });
  for (const what of unrecorded) send(stream, 'changed', { what });
  seqs.clear();
  unrecorded.clear();
  return true;
}

function send({ sink }: Stream, event: string, data: object): void {
  sink?.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}

const tooMany = (detail: string): Problem =>
  new Problem('too-many-streams', detail, { headers: { 'Retry-After': '60' } });

/** A unit is told of what is about itself or about the episode as a whole. An administrator sees no episode. */
function concerns({ role, unitId = '' }: Account, { unitIds }: Appending): boolean {
  if (role === 'administrator') return false;
  return role !== 'unit' || (unitIds?.includes(unitId) ?? true);
}

function visibleTo(
  { role, unitId = '' }: Account,
  { all, ofUnit }: LastSeqs,
): Array<{ episodeId: string; seq: number }> {
  if (role === 'administrator') return [];
  if (role !== 'unit') return all;
  const own = ofUnit.get(unitId);
  return all.filter(({ episodeId }) => own?.includes(episodeId));
}
