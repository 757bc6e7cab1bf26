/** What entries name that is kept beside the chain. */
import { sql } from 'kysely';
import type { KeptFile, Restoration } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import type { Database } from './database.js';

type Kind = keyof NonNullable<Restoration['missing']>;

/** By the field of an entry's data, at any depth. */
const FIELDS: Record<string, Kind> = { attachmentIds: 'attachments', paper: 'papers', reference: 'people' };
const TABLES = {
  attachments: sql`select attachment_id from attachments`,
  papers: sql`select paper_id from papers`,
  people: sql`select reference from personal_data`,
} satisfies Record<Kind, unknown>;

/** How much of what these entries name the database no longer has. Nothing when it has all. */
export async function missingOf(database: Database, entries: readonly Entry[]): Promise<Restoration['missing']> {
  const named = { attachments: new Set<string>(), papers: new Set<string>(), people: new Set<string>() };
  for (const { data } of entries) collect(data, named);
  const [attachments, papers, people] = await Promise.all([
    lacking(database, 'attachments', named.attachments),
    lacking(database, 'papers', named.papers),
    lacking(database, 'people', named.people),
  ]);
  return attachments + papers + people === 0 ? undefined : { attachments, papers, people };
}

function collect(value: unknown, named: Record<Kind, Set<string>>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [field, inner] of Object.entries(value)) {
    const kind = FIELDS[field];
    if (kind === undefined) collect(inner, named);
    else for (const one of [inner].flat()) if (typeof one === 'string' || isFile(one)) named[kind].add(idOf(one));
  }
}

/** A paper is named by its hash, or with its name and size too. */
const isFile = (one: unknown): one is KeptFile => typeof one === 'object' && one !== null && 'hash' in one;
const idOf = (one: string | KeptFile): string => (typeof one === 'string' ? one : one.hash);

/** The papers that an entry names, by their hash. */
export const papersNamedBy = ({ data }: Entry): string[] =>
  'paper' in data && data.paper !== undefined ? [idOf(data.paper)] : [];

async function lacking({ db }: Database, kind: Kind, ids: ReadonlySet<string>): Promise<number> {
  if (ids.size === 0) return 0;
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from unnest(${[...ids]}::text[]) as named (id)
    where id not in (${TABLES[kind]})`.execute(db);
  return rows[0]!.n;
}
