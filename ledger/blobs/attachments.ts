/** Attachments by the hash of their bytes, once for each owner: only the owner may use them. */
import { sql } from 'kysely';
import type { Database } from '../database.js';

export interface Attachment {
  /** Lower-case hex SHA-256 of the bytes. */
  attachmentId: string;
  /** A unit, or `office`. */
  owner: string;
  size: number;
  mediaType: string;
  /** File name of the download. */
  name: string;
  /** An account. */
  uploadedBy: string;
}

/** Answers whether it is new. An attachment that the owner has already stays unchanged. */
export async function addAttachment({ db }: Database, attachment: Attachment): Promise<boolean> {
  const made = await db
    .insertInto('attachments')
    .values({
      attachment_id: attachment.attachmentId,
      owner: attachment.owner,
      size: attachment.size,
      media_type: attachment.mediaType,
      name: attachment.name,
      uploaded_by: attachment.uploadedBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('attachment_id')
    .executeTakeFirst();
  return made !== undefined;
}

/** The attachment as its first owner has it. With `owner`, only if that one has it. */
export async function findAttachment(
  { db }: Database,
  attachmentId: string,
  owner?: string,
): Promise<Attachment | undefined> {
  return db
    .selectFrom('attachments')
    .select([
      'attachment_id as attachmentId',
      'owner',
      'size',
      'media_type as mediaType',
      'name',
      'uploaded_by as uploadedBy',
    ])
    .where('attachment_id', '=', attachmentId)
    .$if(owner !== undefined, (query) => query.where('owner', '=', owner!))
    .orderBy('at')
    .orderBy('owner')
    .executeTakeFirst();
}

/** Those of `attachmentIds` that one of the owners has. */
export async function ownedAttachments(
  { db }: Database,
  attachmentIds: readonly string[],
  owners: readonly string[],
): Promise<Set<string>> {
  const rows = await db
    .selectFrom('attachments')
    .select('attachment_id')
    .where('attachment_id', 'in', attachmentIds)
    .where('owner', 'in', owners)
    .execute();
  return new Set(rows.map((row) => row.attachment_id));
}

/** Gives each of `to` the attachments of `from`. Those they already have stay unchanged. */
export async function addOwners(
  { db }: Database,
  attachmentIds: readonly string[],
  from: string,
  to: readonly string[],
): Promise<void> {
  await sql`
    insert into attachments (attachment_id, owner, size, media_type, name, uploaded_by)
    select attachment_id, receiver.id, size, media_type, name, uploaded_by
    from attachments, unnest(${to}::text[]) as receiver (id)
    where owner = ${from} and attachment_id = any(${attachmentIds}::text[])
    on conflict do nothing`.execute(db);
}
