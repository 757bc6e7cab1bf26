/** One-time codes by RFC 6238 as every authenticator knows them: SHA-1, six digits, half a minute. And recovery codes. */
import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const ISSUER = '晴空';
const SECRET_BYTES = 20;
/** Of steps to either side: a telephone's clock is off by half a minute at most. */
const WINDOW = 1;

const totpOf = (secret: string, label: string): TOTP =>
  new TOTP({ issuer: ISSUER, label, secret: Secret.fromBase32(secret) });

export const newCodeSecret = (): string => new Secret({ size: SECRET_BYTES }).base32;

/** An authenticator takes it as a QR code, or as a link on the telephone it is on. */
export const uriOf = (secret: string, username: string): string => totpOf(secret, username).toString();

/** The step of half a minute whose code it is. */
export function stepOf(secret: string, code: string, now: number): number | undefined {
  const totp = totpOf(secret, '');
  const delta = totp.validate({ token: code, timestamp: now, window: WINDOW });
  return delta === null ? undefined : totp.counter({ timestamp: now }) + delta;
}

const RECOVERY_CODES = 10;
const GROUPS = 2;
const GROUP = 5;
// None that look alike on paper.
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Each begins with its place, so that one hash is looked at and not ten: `3-7KQ2M-XW9RA`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, (_, place) =>
    [String(place), ...Array.from({ length: GROUPS }, randomGroup)].join('-'),
  );

const randomGroup = (): string => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

export type TypedCode = { way: 'one-time-code'; code: string } | { way: 'recovery-code'; code: string; place: number };

/** As somebody types or pastes it: `123 456`, `３-7kq2m xw9ra`. `undefined`: neither kind. */
export function codeIn(typed: string): TypedCode | undefined {
  const signs = typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '');
  if (/^\d{6}$/.test(signs)) return { way: 'one-time-code', code: signs };
  const [, place, first, second] = /^(\d)([2-9A-Z]{5})([2-9A-Z]{5})$/.exec(signs) ?? [];
  return place === undefined
    ? undefined
    : { way: 'recovery-code', code: [place, first, second].join('-'), place: Number(place) };
}
