import { type BackupFacts, unknownMigrations } from '../../ledger/backup/load.js';
import { StartError } from '../../lib/start-error.js';
import { membersOf } from './archive.js';
import { type BackupPart, backupPartOf } from './members.js';

export async function* partsOf(file: string): AsyncGenerator<BackupPart> {
  for await (const member of membersOf(file)) yield backupPartOf(member);
}

export interface BackupContent extends BackupFacts {
  entries: number;
  attachments: number;
}

/** Reads a whole backup. Throws `StartError` when it is damaged or newer than this program. */
export async function backupContent(file: string): Promise<BackupContent> {
  const content: BackupContent = { madeAt: '', migrations: [], entries: 0, attachments: 0 };
  for await (const part of partsOf(file)) {
    if (part.kind === 'facts') {
      const unknown = unknownMigrations(part.facts.migrations);
      if (unknown.length > 0)
        throw new StartError(`备份 ${file} 的数据库结构（${unknown.join('、')}）比本程序新，请改用新版本的程序恢复。`);
      content.madeAt = part.facts.madeAt;
      content.migrations = part.facts.migrations;
    }
    if (part.kind === 'page' && part.table === 'entries') content.entries += part.rows.length;
    if (part.kind === 'attachment') content.attachments += 1;
  }
  return content;
}
