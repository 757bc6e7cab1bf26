/** What the phone has read. The last answers are kept, so that a page draws itself without a line, and says how old it is. */
import { useEffect } from 'react';
import { ownAccountId } from '../shared/account.js';
import { whenNews } from '../shared/news.js';
import { type Observed, observed, useObserved } from '../shared/observed.js';
import { keep, recallKept } from './kept.js';

export interface PhoneReading<T> {
  data: T | undefined;
  /** Moment of the answer, by this device. */
  readAt: number;
  error: unknown;
  refetch: () => Promise<void>;
}

interface Held {
  data?: unknown;
  readAt: number;
  error: unknown;
}

interface Source {
  held: Observed<Held>;
  load: () => Promise<void>;
  /** Pages that show it now. */
  shown: number;
}

const sources = new Map<string, Source>();
const keptKey = (key: string): string => `read/${ownAccountId()}/${key}`;

function sourceOf(key: string, read: () => Promise<unknown>): Source {
  const known = sources.get(key);
  if (known) return known;
  const held = observed<Held>({ readAt: 0, error: undefined });
  let underWay: Promise<void> | undefined;
  const source: Source = {
    held,
    shown: 0,
    load() {
      underWay ??= read()
        .then((data) => {
          held.set({ data, readAt: Date.now(), error: undefined });
          return keep(keptKey(key), { data, readAt: Date.now() });
        })
        .catch((error: unknown) => held.set({ ...held.get(), error }))
        .finally(() => {
          underWay = undefined;
        });
      return underWay;
    },
  };
  sources.set(key, source);
  void recallKept<Held>(keptKey(key)).then((kept) => {
    if (kept && held.get().readAt === 0) held.set({ ...held.get(), data: kept.data, readAt: kept.readAt });
  });
  return source;
}

/** Reads by `key`, anew when news come and when the page is opened. An empty key reads nothing. */
export function usePhoneRead<T>(key: string, read: () => Promise<T>): PhoneReading<T> {
  const source = sourceOf(key, key === '' ? async () => undefined : read);
  useEffect(() => {
    source.shown += 1;
    void source.load();
    return () => {
      source.shown -= 1;
    };
  }, [source]);
  const { data, readAt, error } = useObserved(source.held);
  return { data: data as T | undefined, readAt, error, refetch: source.load };
}

const reloadShown = (): void => {
  for (const source of sources.values()) if (source.shown > 0) void source.load();
};

whenNews(reloadShown);
window.addEventListener('online', reloadShown);
