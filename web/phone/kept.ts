/** What this browser keeps: unsent work, drafts, last answers. Where it may keep nothing, memory has to do. */
import { createStore, del, entries, get, set } from 'idb-keyval';

const store = lazyStore();
const memory = new Map<string, unknown>();

function lazyStore(): () => ReturnType<typeof createStore> {
  let opened: ReturnType<typeof createStore> | undefined;
  return () => {
    opened ??= createStore('qingkong', 'kept');
    return opened;
  };
}

/** Private windows of some browsers refuse the database. */
async function orMemory<T>(work: () => Promise<T>, instead: () => T): Promise<T> {
  try {
    return await work();
  } catch {
    return instead();
  }
}

export const keep = (key: string, value: unknown): Promise<void> =>
  orMemory(
    () => set(key, value, store()),
    () => {
      memory.set(key, value);
    },
  );

export const recallKept = <T>(key: string): Promise<T | undefined> =>
  orMemory(
    () => get<T>(key, store()),
    () => memory.get(key) as T | undefined,
  );

export const dropKept = (key: string): Promise<void> =>
  orMemory(
    () => del(key, store()),
    () => {
      memory.delete(key);
    },
  );

/** All values whose key begins so. */
export async function recallAll<T>(prefix: string): Promise<T[]> {
  const all = await orMemory(
    () => entries<string, T>(store()),
    () => [...memory.entries()] as Array<[string, T]>,
  );
  return all.filter(([key]) => key.startsWith(prefix)).map(([, value]) => value);
}
