/** A notice as the office sends it: defaults filled in, and the person who rang kept beside the record. */

import type { z } from 'zod';
import type { Notice, PersonalReference } from '../../episode/commands.js';
import { addOwners, ownedAttachments } from '../../ledger/blobs/attachments.js';
import { forgetPersonalData, keepPersonalData } from '../../ledger/people/personal-data.js';
import { foldedNumber } from '../../lib/normal/notice-number.js';
import { quoted } from '../../lib/quoted.js';
import { ownerOf } from '../auth/account.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { isRefusal } from '../http/problems.js';
import type { Call, Exact } from '../http/route.js';
import type { liftRequest } from './schemas.js';

export type GivenNotice = Exact<z.output<typeof liftRequest>>['notice'];

type Asked = Pick<Call<unknown, unknown, unknown, unknown>, 'context' | 'account' | 'action' | 'key'>;

/** In force from its issue unless it says otherwise. */
export const effectOf = ({ effectiveAt, issuedAt }: GivenNotice): string => effectiveAt ?? issuedAt;

/** The notice as it enters the record. */
export function recordedNotice(given: GivenNotice, from: PersonalReference | undefined): Notice {
  const { received, ...notice } = given;
  const recorded = { ...notice, effectiveAt: effectOf(given) };
  if (received === undefined) return recorded;
  const { from: _, ...how } = received;
  return { ...recorded, received: { ...how, ...(from === undefined ? {} : { from }) } };
}

/** What makes two notices the same: the number as it is compared; that somebody rang, but not who. */
export function sameNotice(given: GivenNotice): object {
  const { number, received } = given;
  return {
    ...given,
    effectiveAt: effectOf(given),
    ...(number === undefined ? {} : { number: foldedNumber(number) }),
    ...(received?.from === undefined ? {} : { received: { ...received, from: true } }),
  };
}

/** Refuses with 400 attachments that the office has not uploaded. */
export async function requireNoticeAttachments(
  { context: { database }, account }: Asked,
  attachmentIds: readonly string[],
): Promise<void> {
  if (attachmentIds.length === 0) return;
  const usable = await ownedAttachments(database, attachmentIds, [ownerOf(account)]);
  const errors = attachmentIds.flatMap((id, i) =>
    usable.has(id) ? [] : [{ field: `notice.attachmentIds.${i}`, detail: `没有编号为${quoted(id)}的附件，请先上传` }],
  );
  if (errors.length > 0) throw invalidFields(errors);
}

/** Every unit may open what a notice brings. */
export async function shareWithUnits(
  { context: { database, edition }, account }: Asked,
  attachmentIds: readonly string[],
): Promise<void> {
  const unitIds = edition.units.map(({ unitId }) => unitId);
  if (attachmentIds.length > 0) await addOwners(database, attachmentIds, ownerOf(account), unitIds);
}

/** Keeps who rang before the command is sent, and takes it away again when the command makes no entry. */
export async function keepingWhoRang<T extends { repeated: boolean }>(
  { context: { database }, account, action, key }: Asked,
  { received }: GivenNotice,
  enter: (from: PersonalReference | undefined) => Promise<T>,
): Promise<T> {
  if (received?.from === undefined) return enter(undefined);
  const from = await keepPersonalData(database, commandIdOf(account.accountId, action, key), received.from);
  try {
    const entered = await enter(from);
    if (entered.repeated) await forgetPersonalData(database, from);
    return entered;
  } catch (error) {
    // A command whose outcome is not known may still need the name.
    if (isRefusal(error)) await forgetPersonalData(database, from);
    throw error;
  }
}
