import { ownedAttachments, shareAttachments } from '../ledger/attachments.js';
import type { Account } from './account.js';
import { invalidFields } from './fields.js';
import type { Call } from './route.js';

const OFFICE = 'office';

/** Whose the attachments are that an account uploads. */
export const ownerOf = ({ role, unitId }: Account): string => (role === 'office' ? OFFICE : (unitId ?? ''));

/**
 * Refuses with 400 a unit's command that names what is not the unit's, or unknown, without telling which. What the
 * office names for a unit becomes the unit's too: it stands in its record.
 */
export async function requireAttachments(
  { context: { database }, account }: Pick<Call<unknown, unknown, unknown, unknown>, 'context' | 'account'>,
  unitId: string,
  attachmentIds: readonly string[],
): Promise<void> {
  if (attachmentIds.length === 0) return;
  const owner = ownerOf(account);
  const usable = await ownedAttachments(database, attachmentIds, [unitId, owner]);
  const errors = attachmentIds.flatMap((id, i) =>
    usable.has(id) ? [] : [{ field: `attachmentIds.${i}`, detail: '没有这个附件，请先由本单位上传' }],
  );
  if (errors.length > 0) throw invalidFields(errors);
  if (owner !== unitId) await shareAttachments(database, attachmentIds, owner, unitId);
}
