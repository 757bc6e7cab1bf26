/** Numbers and hashes of the ledger: each entry names the hash of the one before (RFC 8785, SHA-256). */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';
import { beijingIso } from '../plan/rules/calendar.js';
import type { Instant } from './commands.js';
import type { Entry } from './entries.js';

/** The previous hash that the first entry of a chain names. */
export const GENESIS = '0'.repeat(64);

/** The canonical JSON (RFC 8785) of a value. */
export function canonical(value: unknown): string {
  // The package's type is that of its CommonJS export; under ES modules the function is the default.
  const text = (canonicalize as unknown as (value: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError('not a JSON value');
  return text;
}

/** Lower-case hex SHA-256 of the canonical JSON of a value. */
export const hashOf = (value: unknown): string => bytesToHex(sha256(utf8ToBytes(canonical(value))));

interface Moment {
  at: Instant;
  episodeTime: Instant;
}

/**
 * Makes a draft the next entry after `previous`. `bytes`: how many were hashed. Times are milliseconds: real and of the
 * episode.
 */
export function sealed<E extends { hash: string } = Entry>(
  draft: object,
  previous: { seq: number; hash: string },
  moment: Moment,
): { entry: E; bytes: number } {
  const entry = {
    seq: previous.seq + 1,
    at: beijingIso(moment.at),
    episodeTime: beijingIso(moment.episodeTime),
    ...draft,
    previousHash: previous.hash,
  };
  const bytes = utf8ToBytes(canonical(entry));
  return { entry: { ...entry, hash: bytesToHex(sha256(bytes)) } as unknown as E, bytes: bytes.length };
}
