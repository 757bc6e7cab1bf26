/**
 * News from the server. The stream says only which episode has changed; what it shows is read anew, with the access of a
 * read. Where there is no stream, everything is read anew every 20 seconds, and the page says so.
 */

import { sessionEnded } from './account.js';
import { tellNews } from './news.js';
import { observed } from './observed.js';

export type LiveState = { kind: 'connecting' | 'live' | 'polling'; lastAt?: number };

export const liveLine = observed<LiveState>({ kind: 'connecting' });

export const POLL_SECONDS = 20;
/** A tick comes every 15 seconds. */
const SILENCE = 40_000;
const HIDDEN = 30_000;
const LONGEST_PAUSE = 30_000;
const TRIES_BEFORE_POLLING = 3;

let source: EventSource | undefined;
let failures = 0;
let watchdog: number | undefined;
let reconnecting: number | undefined;
let polling: number | undefined;
let hiding: number | undefined;

const refreshAll = (): void => {
  liveLine.set({ ...liveLine.get(), lastAt: Date.now() });
  tellNews();
};

function heard(): void {
  clearTimeout(watchdog);
  watchdog = window.setTimeout(lost, SILENCE);
  failures = 0;
  clearInterval(polling);
  polling = undefined;
  liveLine.set({ kind: 'live', lastAt: Date.now() });
}

function connect(): void {
  source?.close();
  source = new EventSource('/api/v1/events');
  for (const name of ['open', 'tick', 'episodes', 'changed', 'episode']) source.addEventListener(name, heard);
  // On connection, and whenever something may have been missed: all that is shown is read once more.
  for (const name of ['episodes', 'changed']) source.addEventListener(name, refreshAll);
  source.addEventListener('episode', ({ data }: MessageEvent<string>) => {
    tellNews((JSON.parse(data) as { episodeId: string }).episodeId);
  });
  source.addEventListener('ended', ({ data }: MessageEvent<string>) => {
    if ((JSON.parse(data) as { reason: string }).reason === 'signed-out') sessionEnded();
    lost();
  });
  // It gives up for good on an answer that is no stream, so it is made anew here in every case.
  source.addEventListener('error', lost);
}

function lost(): void {
  source?.close();
  source = undefined;
  clearTimeout(watchdog);
  clearTimeout(reconnecting);
  failures += 1;
  if (failures >= TRIES_BEFORE_POLLING && polling === undefined) {
    polling = window.setInterval(refreshAll, POLL_SECONDS * 1000);
    liveLine.set({ ...liveLine.get(), kind: 'polling' });
  }
  if (!document.hidden) reconnecting = window.setTimeout(connect, Math.min(1000 * 2 ** failures, LONGEST_PAUSE));
}

function pause(): void {
  source?.close();
  source = undefined;
  for (const timer of [watchdog, reconnecting]) clearTimeout(timer);
  clearInterval(polling);
  polling = undefined;
  liveLine.set({ ...liveLine.get(), kind: 'connecting' });
}

/** A browser has six connections to a server: hidden pages give theirs back. */
function whenShown(): void {
  clearTimeout(hiding);
  if (document.hidden) hiding = window.setTimeout(pause, HIDDEN);
  else if (source === undefined) connect();
}

/** Follows the server until the page is left. */
export function goLive(): void {
  connect();
  document.addEventListener('visibilitychange', whenShown);
}
