/**
 * Signed links in messages that act for a person without a sign-in. They expire and have one purpose each (decision
 * 0018).
 */
import { randomBytes } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { lazily } from '../../lib/lazily.js';
import { HOUR } from '../../plan/rules/calendar.js';
import type { Database } from '../database.js';
import { settingOrElse } from '../settings.js';

/** The audience of a token, which names its purpose. */
const AUDIENCES = { acknowledge: 'a' } as const;
export type LinkPurpose = keyof typeof AUDIENCES;

export interface Link {
  purpose: LinkPurpose;
  episodeId: string;
  unitId: string;
  /** The contact it was sent to, as entries name one: `liaison:1`. */
  contact: string;
}

/** `expired` was genuine once. `invalid` never was, or has another purpose. */
export type CheckedLink = { status: 'valid'; link: Link } | { status: 'expired' | 'invalid' };

export interface Links {
  /** A link and its end always give the same token, so that a message sent twice is one. */
  sign(link: Link, expiresAt: number): Promise<string>;
  verify(token: string, purpose: LinkPurpose, now: number): Promise<CheckedLink>;
}

/** Real time from the reported entry: a day in which the message may still be on its way, and a weekend. */
export const LINK_LIFE = 72 * HOUR;

/** Path under `PUBLIC_URL`. One letter, because links go by SMS. */
export const ACKNOWLEDGE_PATH = '/a';

export const acknowledgeUrl = (publicUrl: string, token: string): string =>
  `${publicUrl.replace(/\/$/, '')}${ACKNOWLEDGE_PATH}/${token}`;

const ALGORITHM = { alg: 'HS256' } as const;
/** The header of every token, left out because it is always the same. */
const HEADER = `${Buffer.from(JSON.stringify(ALGORITHM)).toString('base64url')}.`;

interface Claims extends JWTPayload {
  e: string;
  u: string;
  c: string;
}

export function createLinks(database: Database): Links {
  const key = lazily(async () => new TextEncoder().encode(await secretOf(database)));

  return {
    async sign({ purpose, episodeId: e, unitId: u, contact: c }, expiresAt) {
      const claims: Claims = { e, u, c, aud: AUDIENCES[purpose], exp: Math.floor(expiresAt / 1000) };
      const token = await new SignJWT(claims).setProtectedHeader(ALGORITHM).sign(await key());
      return token.slice(HEADER.length);
    },
    async verify(token, purpose, now) {
      try {
        const { payload } = await jwtVerify<Claims>(HEADER + token, await key(), {
          algorithms: [ALGORITHM.alg],
          audience: AUDIENCES[purpose],
          requiredClaims: ['exp'],
          currentDate: new Date(now),
        });
        const { e: episodeId, u: unitId, c: contact } = payload;
        return { status: 'valid', link: { purpose, episodeId, unitId, contact } };
      } catch (error) {
        if (error instanceof errors.JWTExpired) return { status: 'expired' };
        if (error instanceof errors.JOSEError) return { status: 'invalid' };
        throw error;
      }
    },
  };
}

/** Made once and kept, so that links outlive a restart and hold for every process on the same database. */
const secretOf = (database: Database): Promise<string> =>
  settingOrElse(database, 'link-secret', () => randomBytes(32).toString('base64url'));
