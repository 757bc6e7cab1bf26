/** What is typed and not yet sent, kept in this browser for this account: a reload or an ended session loses nothing. */
import { useEffect, useState } from 'react';
import { ownAccountId } from '../shared/account.js';
import { storedInBrowser, storeInBrowser } from '../shared/browser-store.js';

const PAUSE = 300;

export interface KeptDraft<T> {
  draft: T;
  set: (changes: Partial<T>) => void;
  /** When what was found had been typed. */
  foundAt: number | undefined;
  /** Forgets what was typed, and goes on from `now`, or from what was there before anybody typed. */
  clear: (now?: T) => void;
}

/** `name` tells forms apart, such as `adjust/7f6e…`. */
export function useKeptDraft<T extends object>(name: string, empty: T): KeptDraft<T> {
  const place = `qingkong-desk/${ownAccountId()}/${name}`;
  const [kept] = useState(() => storedInBrowser<{ at: number; draft: T }>(place));
  const [draft, setDraft] = useState<T>({ ...empty, ...kept?.draft });
  const [foundAt, setFoundAt] = useState(kept?.at);
  const [isTouched, setTouched] = useState(false);
  useEffect(() => {
    if (!isTouched) return;
    const timer = setTimeout(() => storeInBrowser(place, { at: Date.now(), draft }), PAUSE);
    return () => clearTimeout(timer);
  }, [draft, place, isTouched]);
  return {
    draft,
    foundAt,
    set(changes) {
      setTouched(true);
      setDraft((before) => ({ ...before, ...changes }));
    },
    clear(now = empty) {
      setTouched(false);
      setFoundAt(undefined);
      setDraft(now);
      storeInBrowser(place, undefined);
    },
  };
}
