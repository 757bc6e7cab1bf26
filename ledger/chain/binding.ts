import type { Binding } from '../../plan/types.js';
import type { Database } from '../database.js';

/** An episode's edition never changes: it is read once by each process that works for the episode. */
const known = new WeakMap<Database, Map<string, Binding>>();
const MOST_KNOWN = 200;

/** The edition an episode is bound to. Throws when there is no such episode. */
export async function storedBindingOf(database: Database, episodeId: string): Promise<Binding> {
  const bindings = known.get(database) ?? new Map<string, Binding>();
  known.set(database, bindings);
  const binding = bindings.get(episodeId) ?? (await readBinding(database, episodeId));
  if (bindings.size >= MOST_KNOWN) bindings.clear();
  bindings.set(episodeId, binding);
  return binding;
}

async function readBinding({ db }: Database, episodeId: string): Promise<Binding> {
  const { binding } = await db
    .selectFrom('episodes')
    .select('binding')
    .where('episode_id', '=', episodeId)
    .executeTakeFirstOrThrow();
  return binding;
}
