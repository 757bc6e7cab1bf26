/** An authenticator. For tests alone. */
import { Secret, TOTP } from 'otpauth';
import type { TestApp } from './app.js';

export const codeAt = (secret: string, now: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });

/** Of a first account, with what its person has from then on. The code of this half minute is used up. */
export async function enrol(app: TestApp, username: string): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { password } = app.accounts.find((account) => account.username === username)!;
  const begun = await app.ask('POST', '/api/v1/accounts/me/one-time-code', { as: username, body: { password } });
  const secret = String(begun.body.secret);
  const body = { code: codeAt(secret, app.now()) };
  const confirmed = await app.ask('POST', '/api/v1/accounts/me/one-time-code/confirmation', { as: username, body });
  if (confirmed.status !== 200) throw new Error(`confirmation: ${JSON.stringify(confirmed.body)}`);
  return { secret, recoveryCodes: confirmed.body.recoveryCodes as string[] };
}
