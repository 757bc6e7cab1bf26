import { createHash, randomUUID } from 'node:crypto';
import { hashOf } from '../../episode/hash-chain.js';
import { quoted } from '../../lib/quoted.js';
import { invalidFields } from './fields.js';

const LENGTH = 32;

/** The caller's key, or a new one. */
export function keyOf(header: string | undefined): { key: string; isKeyNew: boolean } {
  const key = header ?? randomUUID();
  if (key.length < 1 || key.length > 128)
    throw invalidFields([
      { field: 'Idempotency-Key', detail: `${quoted(key)}有 ${key.length} 个字符，应为 1 至 128 个字符` },
    ]);
  return { key, isKeyNew: header === undefined };
}

/** A command's id: the same account, route and key are the same command. */
export const commandIdOf = (accountId: string, action: string, key: string): string =>
  createHash('sha256').update([accountId, action, key].join('\n')).digest('hex').slice(0, LENGTH);

/** Hash of a request's content after defaults. */
export const contentHashOf = (content: unknown): string => hashOf(content).slice(0, LENGTH);
