/** Reads the cells of one row into a contact or a duty, in the spellings that people use. Pure. */
import type { z } from 'zod';
import type { EnteredContact } from '../../ledger/people/contacts.js';
import { inChinese, sayingWhat } from '../../lib/chinese-issues.js';
import { dayIn } from '../../lib/normal/day.js';
import { mailIn } from '../../lib/normal/mail.js';
import { compact, isNothing } from '../../lib/normal/text.js';
import { shiftIn, spanIn } from '../../lib/normal/time-of-day.js';
import { quoted } from '../../lib/quoted.js';
import type { Cell } from '../../lib/tables/table.js';
import type { DutyRow } from '../../plan/people/roster.js';
import { addDays } from '../../plan/rules/calendar.js';
import { dutyRow, noShift } from './roster-schemas.js';
import { contact } from './schemas.js';
import { ROLES, ROLES_ALSO } from './sheets.js';

/** The cells of a row, by the key of their column. */
export type Cells = Record<string, Cell | undefined>;

interface CellIssue {
  column: string;
  detail: string;
}

/** A contact as a row has it. The role is absent where the list has no such column. */
export type ReadContact = Omit<EnteredContact, 'role'> & Partial<Pick<EnteredContact, 'role'>>;

export type RowRead =
  | { contact: ReadContact }
  | { duty: Omit<DutyRow, 'contactId'>; contactId: string; name: string }
  | { issues: CellIssue[] };

const STRICTLY = { error: inChinese, reportInput: true };

/** `saysRoles`: the list has a column of roles. */
export function contactOf({ unitId: _, unit: __, ...cells }: Cells, saysRoles: boolean): RowRead {
  const texts = Object.fromEntries(Object.entries(cells).map(([key, cell]) => [key, cell?.text ?? '']));
  const role = roleIn(texts.role ?? '');
  const email = addressBehind(texts.email ?? '', cells.email?.link);
  const filled = Object.entries({ ...texts, email }).filter(([key, text]) => key === 'name' || !isNothing(text));
  const given = Object.fromEntries(filled.filter(([, text]) => text !== ''));
  const result = contact.safeParse({ ...given, role: role ?? 'liaison' }, STRICTLY);
  const issues = [
    ...(role || !saysRoles ? [] : [{ column: 'role', detail: noRole(texts.role ?? '') }]),
    ...(texts.name ? [] : [{ column: 'name', detail: '请填写姓名，例如 王伟' }]),
    ...(result.success ? [] : issuesOf(result.error)),
  ];
  if (issues.length > 0 || !result.success) return { issues };
  const { role: read, ...others } = result.data as EnteredContact;
  return { contact: saysRoles ? { ...others, role: read } : others };
}

function roleIn(text: string): keyof typeof ROLES | undefined {
  const word = compact(text)
    .toLowerCase()
    .replace(/\(.*\)$/, '');
  const roles = Object.keys(ROLES) as Array<keyof typeof ROLES>;
  return roles.find((role) => ROLES[role] === word || ROLES_ALSO[role].includes(word));
}

const noRole = (text: string): string =>
  `${text === '' ? '请填写职责' : `填写的是${quoted(text)}`}，应为${Object.values(ROLES).join('、')}之一`;

/** A mail program’s link keeps the address where the text has become a name. */
const addressBehind = (text: string, link: string | undefined): string =>
  (mailIn(text) === undefined && link?.startsWith('mailto:') && mailIn(decoded(link.split('?')[0]!))) || text;

const decoded = (link: string): string => {
  try {
    return decodeURIComponent(link);
  } catch {
    return link;
  }
};

const duty = dutyRow.omit({ contactId: true });

export function dutyOf(cells: Cells): RowRead {
  const text = (key: string) => cells[key]?.text ?? '';
  const date = dayIn(text('date'));
  const issues: CellIssue[] = [];
  if (typeof date === 'object') issues.push({ column: 'date', detail: noDate(text('date'), date.why) });
  const [from, until] = timesIn(text('from'), text('until'), typeof date === 'string' ? date : '');
  const shift = shiftIn(from, until);
  if ('why' in shift) issues.push(...noTimes(from, until, shift));
  const contactId = isNothing(text('contactId')) ? '' : compact(text('contactId'));
  if (!contactId && !text('name')) issues.push({ column: 'name', detail: '请填写姓名或人员编号，例如 王伟' });
  const name = text('shift') === '' ? {} : { shift: text('shift') };
  const result = duty.safeParse(
    { ...name, date, ...('why' in shift ? { from: '08:00', until: '08:00' } : shift) },
    STRICTLY,
  );
  if (!result.success) issues.push(...issuesOf(result.error));
  if (issues.length > 0 || !result.success) return { issues };
  return { duty: result.data as Omit<DutyRow, 'contactId'>, contactId, name: text('name') };
}

const noDate = (text: string, why: string): string =>
  text === '' ? '请填写日期，例如 2026-01-05' : `${quoted(text)}${why}，请写明年月日，例如 2026-01-05`;

/** Both ends may stand in one cell, and each may have its day before it, as a spreadsheet writes it. */
function timesIn(from: string, until: string, date: string): [from: string, until: string] {
  const both = until === '' ? spanIn(from) : from === '' ? spanIn(until) : undefined;
  return both ?? [withoutDay(from, date), withoutDay(until, date)];
}

function withoutDay(text: string, date: string): string {
  const [, day = '', time = ''] = /^(\d{4}\D\d{1,2}\D\d{1,2}日?)[\sT]+(\d.*)$/u.exec(text) ?? [];
  const said = dayIn(day);
  if (date === '' || typeof said !== 'string') return text;
  if (said === date) return `当日${time}`;
  return said === addDays(date, 1) ? `次日${time}` : text;
}

function noTimes(from: string, until: string, { at, why }: Parameters<typeof noShift>[0]): CellIssue[] {
  const text = at === 'from' ? from : until;
  const word = at === 'from' ? '开始' : '结束';
  if (text === '') return [{ column: at, detail: `请填写${word}时间，例如 08:00` }];
  const other = at === 'from' && shiftIn('08:00', until);
  const second = other && 'why' in other && other.at === 'until' ? noTimes('08:00', until, other) : [];
  return [{ column: at, detail: `${quoted(text)}${noShift({ at, why })}` }, ...second];
}

const issuesOf = (error: z.ZodError): CellIssue[] =>
  error.issues.map((issue) => ({ column: String(issue.path[0] ?? ''), detail: sayingWhat(issue) }));
