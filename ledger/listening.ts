/** The line on which a process hears what the database tells in its transactions (`pg_notify`). */
import { setTimeout as pause } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import { atIntervals } from '../lib/at-intervals.js';
import type { Schema } from './schema.js';

export interface Hearing {
  heard(payload: string): void;
  /** From now on nothing is missed. Called again after each break of the line, in which something may have been. */
  begun(): void;
  /** The line broke. It is tried again until it is closed. */
  failed(error: unknown): void;
}

export interface Listening {
  close(): Promise<void>;
}

/** `channel`: a name in lower-case letters. */
export type Listen = (channel: string, hearing: Hearing) => Listening;

/** PGlite has one connection: the statement waits for its turn, so that it is in nobody's transaction. */
export const listenIn =
  (pglite: PGlite, db: Kysely<Schema>): Listen =>
  (channel, { heard, begun, failed }) => {
    const stop = pglite.onNotification((name, payload) => {
      if (name === channel) heard(payload);
    });
    const begins = sql.raw(`listen ${channel}`).execute(db).then(begun, failed);
    return {
      async close() {
        stop();
        await begins;
      },
    };
  };

const AGAIN_MS = 1_000;
/** A line that is cut without a word is found by a question that gets no answer. */
const ASK_EVERY_MS = 15_000;
const ANSWER_MS = 5_000;

/** A connection of its own. A pooler that changes servers between transactions would lose what it is told. */
export const listenOn =
  (url: string): Listen =>
  (channel, { heard, begun, failed }) => {
    const closing = new AbortController();
    const line = atIntervals(AGAIN_MS, listenUntilBroken, failed);

    async function listenUntilBroken(): Promise<void> {
      const client = new pg.Client({
        connectionString: url,
        application_name: 'qingkong-changes',
        connectionTimeoutMillis: ANSWER_MS,
        query_timeout: ANSWER_MS,
      });
      const broken = new AbortController();
      client.on('error', () => broken.abort()).on('end', () => broken.abort());
      client.on('notification', ({ payload = '' }) => heard(payload));
      const over = AbortSignal.any([broken.signal, closing.signal]);
      try {
        await client.connect();
        await client.query(`listen ${channel}`);
        begun();
        while (await untilNextQuestion(over)) await client.query('select 1');
        if (!closing.signal.aborted) throw new Error('the database broke the line of changes');
      } finally {
        await client.end().catch(() => undefined);
      }
    }

    return {
      close: () => {
        closing.abort();
        return line.stop();
      },
    };
  };

const untilNextQuestion = (over: AbortSignal): Promise<boolean> =>
  pause(ASK_EVERY_MS, true, { signal: over }).catch(() => false);
