/** Accounts in words. */
import type { Schemas } from '../../shared/api.js';
import { millisecondsOf } from '../../shared/beijing.js';
import type { Tone } from '../../shared/chips.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';

const texts = administrationTexts.accounts;

export type AccountRecord = Schemas['AccountRecord'];

export function passwordState(account: AccountRecord): { tone: Tone; words: string } {
  const { hasPassword, passwordChosen, passwordUntil } = account;
  if (!hasPassword) return { tone: 'plain', words: texts.passwords.none };
  if (passwordUntil !== undefined && millisecondsOf(passwordUntil) < Date.now())
    return { tone: 'bad', words: texts.passwords.expired };
  if (passwordUntil !== undefined) return { tone: 'warn', words: texts.passwords.due };
  return passwordChosen
    ? { tone: 'good', words: texts.passwords.chosen }
    : { tone: 'warn', words: texts.passwords.handedOut };
}

/** Fields of a change, whose values come as text. */
export function fieldInWords(field: string, value: string | undefined): string {
  const words = administrationTexts.account;
  if (value === undefined) return words.nothing;
  if (field === 'disabled') return value === 'true' ? words.yes : words.no;
  if (field === 'role') return administrationTexts.roles[value as AccountRecord['role']] ?? value;
  return value;
}
