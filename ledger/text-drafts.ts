/** Texts of warnings as the office is writing them. They stand beside the record: nothing of them is issued. */
import type { TextAudience } from '../plan/types.js';
import type { Database } from './database.js';

export interface TextDraft {
  noticeId: string;
  audience: TextAudience;
  title: string;
  text: string;
  number?: string;
  /** The version that was issued last when it was written; once there is a later one, the draft is of the past. */
  afterVersion: number;
  /** Counts the times that it was saved. */
  revision: number;
  /** Real time, in milliseconds. */
  savedAt: number;
}

export async function textDrafts({ db }: Database, episodeId: string): Promise<TextDraft[]> {
  const rows = await db.selectFrom('text_drafts').selectAll().where('episode_id', '=', episodeId).execute();
  return rows.map(({ notice_id, audience, title, text, number, after_version, revision, saved_at }) => ({
    noticeId: notice_id,
    audience,
    title,
    text,
    ...(number === null ? {} : { number }),
    afterVersion: after_version,
    revision,
    savedAt: saved_at,
  }));
}

/** `basis`: the revision that the writer has read, 0 for none. Answers false when it is no longer the last. */
export async function saveTextDraft(
  { db }: Database,
  episodeId: string,
  { noticeId, audience, title, text, number = '', afterVersion, savedAt }: Omit<TextDraft, 'revision'>,
  basis?: number,
): Promise<boolean> {
  const words = { title, text, number: number === '' ? null : number, after_version: afterVersion, saved_at: savedAt };
  const written = await db
    .insertInto('text_drafts')
    .values({ episode_id: episodeId, notice_id: noticeId, audience, ...words, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(['episode_id', 'notice_id', 'audience'])
        .doUpdateSet(({ eb, ref }) => ({
          ...words,
          revision: eb(ref('text_drafts.revision'), '+', 1),
        }))
        .where(({ eb, val }) =>
          basis === undefined ? eb(val(true), '=', true) : eb('text_drafts.revision', '=', basis),
        ),
    )
    .returning('revision')
    .execute();
  return written.length > 0;
}
