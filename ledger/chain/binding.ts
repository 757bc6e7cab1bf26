/** Bindings, the part of an edition that episodes carry: stored once for all episodes that carry the same. */
import { LRUCache } from 'lru-cache';
import { canonical } from '../../episode/hash-chain.js';
import type { Binding } from '../../plan/types.js';
import type { Database } from '../database.js';
import { sha256 } from './chain.js';

export interface StoredBinding {
  hash: string;
  content: string;
}

/** The hash is the one that the first entry of an episode names. */
export function storedBindingFor(binding: Binding): StoredBinding {
  const content = canonical(binding);
  return { hash: sha256(content), content };
}

/** A content never changes under its hash, so each process reads it once. */
const read = new WeakMap<Database, LRUCache<string, Binding>>();
const MOST_READ = 20;

/** The binding with this hash. Throws when there is none. */
export async function readBinding(database: Database, hash: string): Promise<Binding> {
  const bindings = read.get(database) ?? new LRUCache<string, Binding>({ max: MOST_READ });
  read.set(database, bindings);
  const known = bindings.get(hash);
  if (known) return known;
  const { content } = await database.db
    .selectFrom('bindings')
    .select('content')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  const binding: Binding = JSON.parse(content);
  bindings.set(hash, binding);
  return binding;
}
