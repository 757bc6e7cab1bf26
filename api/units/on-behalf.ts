import type { PersonalReference } from '../../episode/commands.js';
import { refuseKey } from '../../episode/decide/refusals.js';
import type { Entry } from '../../episode/entries.js';
import { forgetPersonalData, keepPersonalData, readPersonalData } from '../../ledger/people/personal-data.js';
import { quoted } from '../../lib/quoted.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { isRefusal, problemOf } from '../http/problems.js';
import type { Call } from '../http/route.js';

/** The office acts for a unit that telephoned. The caller's name is kept beside the record, where it can be removed. */
export interface OnBehalf {
  onBehalf?: { caller: string };
}

type Asked = Call<unknown, unknown, OnBehalf, unknown>;

/** The request without the caller's name: neither the engine nor a hash of the request may know it. */
export function contentOf<Body extends OnBehalf>({ onBehalf: _, ...content }: Body): Omit<Body, 'onBehalf'> {
  return content;
}

/** The content by which two requests are the same. It says that somebody telephoned, but not who. */
export const sameContent = <Body extends OnBehalf>(body: Body): unknown =>
  body.onBehalf === undefined ? body : { ...contentOf(body), onBehalf: true };

/** Keeps the caller's name before the command is sent. Refuses with 400 if the sender is not the office. */
export async function keepCaller(call: Asked): Promise<PersonalReference | undefined> {
  const { context, account, body } = call;
  if (body.onBehalf === undefined) return undefined;
  if (account.role !== 'office')
    throw invalidFields([
      { field: 'onBehalf', detail: `只有办公室代来电单位办理时填写，请删去${quoted(body.onBehalf.caller)}` },
    ]);
  return keepPersonalData(context.database, nameOf(call), body.onBehalf.caller);
}

/** Removes the name after a final refusal. A command with unknown outcome may still need it. */
export async function forgetIfRefused({ context }: Asked, caller: PersonalReference | undefined, error: unknown) {
  if (caller && isRefusal(error)) await forgetPersonalData(context.database, caller);
}

/** A repeat is answered by its first entry and the caller of then. Another name makes another request. */
export async function standByFirst(call: Asked, caller: PersonalReference, { data }: Entry): Promise<void> {
  const { context, body } = call;
  await forgetPersonalData(context.database, caller);
  const first = 'onBehalf' in data ? data.onBehalf : undefined;
  if (!first?.reference.startsWith(`${nameOf(call)}.`)) return;
  const kept = (await readPersonalData(context.database, [first])).get(first.reference);
  if (kept !== undefined && kept !== body.onBehalf?.caller) throw problemOf(refuseKey());
}

const nameOf = ({ account, action, key }: Asked): string => commandIdOf(account.accountId, action, key);
