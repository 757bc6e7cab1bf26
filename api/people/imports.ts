/** Imports: a file becomes a preview, a confirmed preview becomes contacts and roster. */
import { setImmediate } from 'node:timers/promises';
import type { Database } from '../../ledger/database.js';
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import type { Days } from '../../ledger/people/roster.js';
import { applyImport, contactsAndDutiesIn, keepImport, type RosterImport } from '../../ledger/people/roster-imports.js';
import type { Edition } from '../../plan/edition/edition.js';
import { type Holder, holdersOf } from '../../plan/people/holders.js';
import { addDays, beijingIso, HOUR, MINUTE } from '../../plan/rules/calendar.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { Account, AccountRole } from '../auth/account.js';
import type { Context } from '../engine/context.js';
import { Problem } from '../http/problems.js';
import { comingDutiesOf } from './coming-duties.js';
import { sheetsIn } from './find-sheets.js';
import { importPreviewOf, importScopeOf, type May, type Preview } from './preview.js';
import { recordsOf } from './records.js';

const VALID_FOR = 30 * MINUTE;
const FORGOTTEN_AFTER = 24 * HOUR;

const ROSTER: May = { contacts: false, roster: true };

/** The administrator changes contacts, units and office change rosters (docs/decisions/0016-roster.md). */
const MAY: Record<AccountRole, May> = {
  office: ROSTER,
  unit: ROSTER,
  administrator: { contacts: true, roster: false },
  supervisor: { contacts: false, roster: false },
};

/** The holders an account may read and import: all of them, or for a unit itself. */
export const holdersFor = ({ role, unitId }: Account, edition: Edition): Holder[] =>
  holdersOf(edition).filter((holder) => role !== 'unit' || holder.unitId === unitId);

/** The part of a preview that was shown and is stored. */
export type Shown = Pick<Preview, 'changes' | 'errors' | 'warnings'> & { rows: number };

/** Stores the changes that a file would make, for the same account to confirm. */
export async function lookAt(context: Context, account: Account, importId: string, bytes: Buffer): Promise<void> {
  const { database, edition, clock } = context;
  const sheets = await sheetsIn(bytes);
  // A full file takes some tenths of a second. Other requests are served in between.
  await setImmediate();
  const lines = recordsOf(sheets, { holders: holdersFor(account, edition), district: edition.plan.edition.district });
  const scope = importScopeOf(lines);
  const present = await contactsAndDutiesIn(database, scope);
  const coming = await comingDutiesOf(database, scope.contacts, clock());
  const { content, ...preview } = importPreviewOf(lines, present, MAY[account.role], coming);
  const shown: Shown = { rows: lines.rows, ...preview };
  const madeAt = clock();
  const kept = { importId, accountId: account.accountId, madeAt, preview: shown, ...(content ? { content } : {}) };
  await keepImport(database, kept, madeAt - FORGOTTEN_AFTER);
}

export const previewAnswer = ({ importId, madeAt, preview }: RosterImport): object => ({
  importId,
  expiresAt: beijingIso(madeAt + VALID_FOR),
  ...(preview as Shown),
});

const whenMade = ({ madeAt }: RosterImport): string => timeInWords(beijingIso(madeAt));

/** Applies exactly the changes that were shown. A second confirmation does nothing. */
export async function confirm({ database, clock }: Context, one: RosterImport): Promise<void> {
  if (one.confirmedAt !== undefined) return;
  if (!one.content)
    throw new Problem(
      'import-faulty',
      `文件中有 ${(one.preview as Shown).errors.length} 处错误，请按预览中的提示改正后重新上传。`,
    );
  if (clock() >= one.madeAt + VALID_FOR)
    throw new Problem('import-expired', `${whenMade(one)}的预览已超过 30 分钟，请重新上传文件。`);
  if ((await applyImport(database, one.importId, one.content, clock())) === 'changed')
    throw new Problem(
      'roster-changed',
      `${whenMade(one)}的预览之后联系人或值班表已有变动，请重新上传文件，查看新的预览。`,
    );
}

/** The present contacts and rosters of some holders, for a file. */
export function contactsAndDutiesFor(
  database: Database,
  holders: readonly Holder[],
  days: Days,
): Promise<ContactsAndDuties> {
  const dates: string[] = [];
  for (let date = days.from; date <= days.until; date = addDays(date, 1)) dates.push(date);
  const ids = holders.map(({ unitId }) => unitId);
  return contactsAndDutiesIn(database, {
    contacts: ids,
    days: ids.flatMap((holder) => dates.map((date) => ({ holder, date }))),
  });
}
