import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { Semaphore } from 'async-mutex';
import { Problem } from '../http/problems.js';
import { unguessedPart } from './unguessed-part.js';

const SHORTEST = 8;
const FEWEST_CLASSES = 3;
const FEWEST_OF_ITS_OWN = 4;
const CLASSES = [/\p{Lu}/u, /\p{Ll}/u, /\p{Nd}/u, /[^\p{Lu}\p{Ll}\p{Nd}]/u];

/**
 * Complexity as GB/T 22239—2019 §8.1.4.1 asks of government systems. Some characters must also remain beside common
 * words, rows of the keyboard and the account's `ownWords`: `Password1` and `finance1A` have three classes too.
 */
export function requireStrong(password: string, ownWords: readonly string[]): void {
  const text = password.trim();
  const classes = CLASSES.filter((kind) => kind.test(text)).length;
  if ([...text].length < SHORTEST || classes < FEWEST_CLASSES)
    throw weak(
      `新密码至少 ${SHORTEST} 个字符（首尾空格不计），并且包含大写字母、小写字母、数字、其他字符中的至少 ${FEWEST_CLASSES} 类，请重新设置。`,
      '强度不足',
    );
  if (unguessedPart(text, ownWords).length < FEWEST_OF_ITS_OWN)
    throw weak(
      '新密码容易被猜到：请不要只用常见词、用户名、单位名称、年份和连续的字符（如 password、123456、qwerty），请重新设置。',
      '容易被猜到',
    );
}

const weak = (detail: string, reason: string): Problem =>
  new Problem('password-weak', detail, { errors: [{ field: 'next', detail: reason }] });

// A hash takes a core for 10 ms and 19 MB, in the pool of threads that also compresses payloads for the engine.
const hashing = new Semaphore(2);

export const hashPassword = (password: string): Promise<string> => hashing.runExclusive(() => hash(password));
export const isPassword = (hashed: string, password: string): Promise<boolean> =>
  hashing.runExclusive(() => verify(hashed, password));

// No characters that look alike on paper or need quotes in CSV.
const ALPHABETS = ['ABCDEFGHJKLMNPQRSTUVWXYZ', 'abcdefghijkmnpqrstuvwxyz', '23456789'];
const EVERY = ALPHABETS.join('');
const LENGTH = 16;

/** Sixteen random characters, some of each kind. */
export function randomPassword(): string {
  const pick = (alphabet: string): string => alphabet[randomInt(alphabet.length)] ?? '';
  const characters = Array.from({ length: LENGTH }, (_, i) => pick(ALPHABETS[i] ?? EVERY));
  for (let i = characters.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    [characters[i], characters[j]] = [characters[j] ?? '', characters[i] ?? ''];
  }
  return characters.join('');
}
