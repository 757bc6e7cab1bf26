/** Forms that survive a reload: each field is kept 300 ms after the last letter, under a name of its own. */
import { useCallback, useEffect, useRef, useState } from 'react';
import { ownAccountId } from '../shared/account.js';
import { observed, useObserved } from '../shared/observed.js';
import { dropKept, keep, recallKept } from './kept.js';

const PAUSE = 300;

interface KeptDraft<T> {
  value: T;
  savedAt: number;
}

const keyOf = (name: string): string => `draft/${ownAccountId()}/${name}`;

/** The draft whose work has arrived last: whoever shows it begins anew. */
const dropped = observed<{ key: string }>({ key: '' });

/** `name` as in `useDraft`. */
export async function dropDraft(name: string): Promise<void> {
  await dropKept(keyOf(name));
  dropped.set({ key: keyOf(name) });
}

export interface TypedDraft<T> {
  /** `undefined` until it is known whether something was kept. */
  value: T | undefined;
  /** When it was kept last; none: nothing typed yet. */
  savedAt: number | undefined;
  change: (part: Partial<T>) => void;
}

export function useDraft<T extends object>(name: string, first: T): TypedDraft<T> {
  const [kept, setKept] = useState<KeptDraft<T> | undefined>();
  const [isKnown, setKnown] = useState(false);
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => {
    let isHere = true;
    setKnown(false);
    setKept(undefined);
    void recallKept<KeptDraft<T>>(keyOf(name)).then((found) => {
      if (!isHere) return;
      setKept(found);
      setKnown(true);
    });
    return () => {
      isHere = false;
    };
  }, [name]);

  const change = useCallback(
    (part: Partial<T>) => {
      setKept((before) => {
        const value = { ...first, ...before?.value, ...part };
        clearTimeout(timer.current);
        timer.current = window.setTimeout(() => {
          const next = { value, savedAt: Date.now() };
          void keep(keyOf(name), next).then(() => setKept((now) => (now?.value === value ? next : now)));
        }, PAUSE);
        return { value, savedAt: before?.savedAt ?? 0 };
      });
    },
    [name, first],
  );
  const last = useObserved(dropped);
  useEffect(() => {
    if (last.key !== keyOf(name)) return;
    clearTimeout(timer.current);
    setKept(undefined);
  }, [last, name]);
  return {
    value: isKnown ? { ...first, ...kept?.value } : undefined,
    savedAt: kept?.savedAt || undefined,
    change,
  };
}
