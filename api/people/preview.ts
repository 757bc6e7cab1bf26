/** The preview of an import: its changes, its errors, and what somebody should know of them. Pure. */
import type { ContactsAndDuties, ImportContent, ImportScope } from '../../ledger/people/import-content.js';
import { basisOf } from '../../ledger/people/roster-imports.js';
import { grouped } from '../../lib/grouped.js';
import type { KnownContact } from '../../plan/types.js';
import { type ComingDuties, NO_DUTIES } from './coming-duties.js';
import { type Change, type Judgement, judgeContacts } from './judge-contacts.js';
import { dayKeyOf, judgeDay } from './judge-duty.js';
import { type BadCell, badCell, type ContactLine, type DutyLine, type Lines } from './records.js';
import type { SheetKind } from './sheets.js';
import { ofPastDays, type Warning, warningsOf } from './warnings.js';

export interface Preview {
  changes: Change[];
  errors: BadCell[];
  warnings: Warning[];
  /** The content that a confirmation writes. Absent while there are errors. */
  content?: ImportContent;
}

/** The sheets that an account may change. */
export type May = Record<SheetKind, boolean>;

const NOT_YOURS: Record<SheetKind, string> = {
  contacts: '联系人由系统管理员更新，请把变动告知管理员，或者恢复原内容',
  roster: '值班表由本单位或区环委会办公室更新，请恢复原内容或删去这张表',
};

/** The holders and days in a file. Only these are compared and replaced. */
export function importScopeOf({ contacts, roster }: Pick<Lines, 'contacts' | 'roster'>): ImportScope {
  const holders = [...contacts, ...roster].map(({ holder }) => holder.unitId);
  const days = new Map(roster.map((line) => [dayKeyOf(line), { holder: line.holder.unitId, date: line.duty.date }]));
  return { contacts: [...new Set(holders)], days: [...days.values()] };
}

/** `coming`: the duties of the holders in the file. */
export function importPreviewOf(
  lines: Lines,
  present: ContactsAndDuties,
  may: May,
  coming: ComingDuties = NO_DUTIES,
): Preview {
  const days = new Map(present.days.map(({ holder, date, rows }) => [`${holder} ${date}`, rows]));
  const judged = [
    ...[...grouped(lines.contacts, ({ holder }) => holder.unitId).values()].map((list) =>
      judgeContacts(list, peopleOf(list, present)),
    ),
    ...[...grouped(lines.roster, dayKeyOf).values()].map((day) =>
      judgeDay(day, peopleOf(day, present), days.get(dayKeyOf(day[0]!)) ?? []),
    ),
  ].map((one) => withoutRemovals(one, lines));
  const changing = judged.filter(({ changes }) => changes.length > 0);
  const forbidden = changing
    .filter(({ first }) => !may[first.kind])
    .map(({ first }) => badCell(first.kind, first.row)('unit', NOT_YOURS[first.kind]));

  const errors = [...lines.errors, ...judged.flatMap((one) => one.errors), ...forbidden];
  const changes = changing.flatMap((one) => one.changes);
  const warnings = onceEach([
    ...lines.remarks,
    ...changing.flatMap((one) => warningsOf(one, coming)),
    ...ofPastDays(changing, coming.today),
  ]);
  if (errors.length > 0) return { changes, warnings, errors: errors.toSorted(bySheetAndRow) };
  const written = {
    contacts: Object.fromEntries(changing.flatMap(({ list }) => (list ? [[list.holder, list.after]] : []))),
    days: changing.flatMap(({ day }) => (day ? [day] : [])),
  };
  const content = { scope: importScopeOf(lines), basis: basisOf(present), changes: written };
  return { changes, errors, warnings, content };
}

/** A row that could not be read is nobody’s removal: the person it is about would seem to leave. */
function withoutRemovals(judged: Judgement, { faulty }: Lines): Judgement {
  const { first, errors, changes } = judged;
  const isFaulty =
    errors.length > 0 ||
    faulty.some(({ kind, holder }) => kind === first.kind && (holder === '*' || holder === first.holder.unitId));
  return isFaulty ? { ...judged, isFaulty, changes: changes.filter(({ change }) => change !== 'removed') } : judged;
}

/** Days of one roster often have the same to say. */
const onceEach = (all: readonly Warning[]): Warning[] => [
  ...new Map(all.map((one) => [[one.sheet, one.unitId, one.detail].join(' '), one])).values(),
];

const peopleOf = (
  [first]: ReadonlyArray<ContactLine | DutyLine>,
  { contacts }: ContactsAndDuties,
): readonly KnownContact[] => contacts[first!.holder.unitId] ?? [];

const bySheetAndRow = (a: BadCell, b: BadCell): number => a.sheet.localeCompare(b.sheet) || a.row - b.row;
