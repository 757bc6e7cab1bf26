import { addOwners, ownedAttachments } from '../../ledger/blobs/attachments.js';
import { quoted } from '../../lib/quoted.js';
import { ownerOf } from '../auth/account.js';
import { invalidFields } from '../http/fields.js';
import type { Call } from '../http/route.js';

type Asked = Pick<Call<unknown, unknown, unknown, unknown>, 'context' | 'account'>;

/** Refuses a command that names attachments of others or unknown ones (400), without telling which. */
export async function requireAttachments(
  { context: { database }, account }: Asked,
  unitId: string,
  attachmentIds: readonly string[],
): Promise<void> {
  if (attachmentIds.length === 0) return;
  const owner = ownerOf(account);
  const usable = await ownedAttachments(database, attachmentIds, [unitId, owner]);
  const errors = attachmentIds.flatMap((id, i) =>
    usable.has(id) ? [] : [{ field: `attachmentIds.${i}`, detail: `没有编号为${quoted(id)}的附件，请先由本单位上传` }],
  );
  if (errors.length > 0) throw invalidFields(errors);
}

/** Attachments that the office names in a command become those of its units too, once the command is recorded. */
export async function shareAttachments(
  { context: { database }, account }: Asked,
  unitIds: readonly string[],
  attachmentIds: readonly string[],
): Promise<void> {
  const owner = ownerOf(account);
  const others = unitIds.filter((unitId) => unitId !== owner);
  if (attachmentIds.length > 0 && others.length > 0) await addOwners(database, attachmentIds, owner, others);
}
