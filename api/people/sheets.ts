/** The two sheets of a file of contacts and roster: their columns, and their rows as text. */
import { isErrorWord } from '../../lib/tables/table.js';

export const SHEETS = {
  contacts: {
    name: '联系人',
    columns: {
      unitId: '单位编号',
      unit: '单位',
      role: '职责',
      name: '姓名',
      email: '电子邮箱',
      phone: '电话',
      sms: '短信号码',
      wecom: '企业微信机器人',
      dingtalk: '钉钉机器人',
      webhook: '接口',
      contactId: '人员编号',
    },
  },
  roster: {
    name: '值班表',
    columns: {
      unitId: '单位编号',
      unit: '单位',
      date: '日期',
      shift: '班次',
      from: '开始',
      until: '结束',
      name: '姓名',
      contactId: '人员编号',
    },
  },
} as const;

export type SheetKind = keyof typeof SHEETS;
type ColumnOf<K extends SheetKind> = keyof (typeof SHEETS)[K]['columns'];

export const KINDS = Object.keys(SHEETS) as SheetKind[];

/** The words of the column 职责. */
export const ROLES = { liaison: '联络员', lead: '负责人', deputy: '副职' } as const;

/** Other words for them in the lists of offices. */
export const ROLES_ALSO: Record<keyof typeof ROLES, readonly string[]> = {
  liaison: ['liaison', '联络人', '联系人', '联络人员', '信息联络员', '业务联络员'],
  lead: ['lead', '主要负责人', '主要领导', '主要负责同志', '单位负责人', '一把手'],
  deputy: ['deputy', '分管', '分管负责人', '分管负责同志', '分管领导', '分管局领导', '分管副局长', '副职领导'],
};

/** Other words for the titles of columns in the lists of offices. 职务 is none: it says what somebody is, not what he answers for. */
export const TITLES_ALSO: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    单位: ['单位名称', '责任单位', '所在单位', '部门', '部门名称'],
    职责: ['角色', '责任', '人员类别'],
    姓名: ['人员姓名', '值班人', '值班人员', '联系人姓名', '联系人'],
    电子邮箱: ['邮箱', '电子邮件', '邮件', '邮箱地址', 'email', 'e-mail'],
    电话: ['固定电话', '座机', '办公电话', '办公室电话', '联系电话', '联系方式', '联系号码', '电话号码'],
    短信号码: ['手机', '手机号', '手机号码', '移动电话', '短信', '短信手机'],
    日期: ['值班日期', '日期时间'],
    班次: ['值班班次', '班别'],
    开始: ['开始时间', '起始时间', '上班时间', '值班时间', '起止时间', '值班时段'],
    结束: ['结束时间', '截止时间', '下班时间'],
  }).flatMap(([title, others]) => others.map((other) => [other, title])),
);

/**
 * The columns that a table cannot do without, with an example. Of a group one is enough. Any other column may be missing:
 * what it would say is not said, and stays as it is.
 */
export const NEEDED: { [K in SheetKind]: ReadonlyArray<{ of: ReadonlyArray<ColumnOf<K>>; example: string }> } = {
  contacts: [
    { of: ['unit', 'unitId'], example: '区教育局' },
    { of: ['name'], example: '王伟' },
  ],
  roster: [
    { of: ['unit', 'unitId'], example: '区教育局' },
    { of: ['date'], example: '2026-01-05' },
    { of: ['from', 'until'], example: '09:00-次日09:00' },
    { of: ['name', 'contactId'], example: '王伟' },
  ],
};

/** The columns whose cells are kept where a list has no such column. */
export const KEPT = {
  contacts: ['role', 'email', 'phone', 'sms', 'wecom', 'dingtalk', 'webhook'],
  roster: ['shift'],
} as const satisfies { [K in SheetKind]: ReadonlyArray<ColumnOf<K>> };

export interface Sheet {
  kind: SheetKind;
  /** The header first; every cell as text. */
  rows: string[][];
}

/** The title of a column as people see it; `undefined` for keys that have no column. */
export const titleOf = (kind: SheetKind, column: string): string =>
  (SHEETS[kind].columns as Record<string, string>)[column] ?? '';

/**
 * Guards text that a spreadsheet would calculate or that reads as its error, by an apostrophe. Also guards names of
 * properties that every object has (`valueOf`): the writer of workbooks takes such a word for one that it has written
 * already.
 */
const isMistaken = (cell: string): boolean => {
  const bare = cell.replace(/^'+/, '');
  return /^[=+\-@]/.test(bare) || bare in {} || isErrorWord(bare);
};

/** `="13900000001"`: programs keep a number as text so in a file of text. */
const AS_TEXT = /^="([^"]*)"$/;

export const guarded = (cell: string): string => (isMistaken(cell) ? `'${cell}` : cell);

/** The text without guard, and without the spaces that a spreadsheet leaves around it. */
export const unguarded = (cell: string): string => {
  const text = cell.trim().replace(AS_TEXT, '$1');
  return text.startsWith("'") && isMistaken(text) ? text.slice(1) : text;
};
