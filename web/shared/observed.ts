/** A value outside React that components follow. */
import { useSyncExternalStore } from 'react';

export interface Observed<T> {
  get(): T;
  set(next: T): void;
  follow(listener: () => void): () => void;
}

export function observed<T>(first: T): Observed<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const listener of listeners) listener();
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useObserved = <T>({ follow, get }: Observed<T>): T => useSyncExternalStore(follow, get);
