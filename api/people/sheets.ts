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

export const KINDS = Object.keys(SHEETS) as SheetKind[];

/** The words of the column 职责. */
export const ROLES = { liaison: '联络员', lead: '负责人', deputy: '副职' } as const;

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

export const guarded = (cell: string): string => (isMistaken(cell) ? `'${cell}` : cell);

/** The text without guard, and without the spaces that a spreadsheet leaves around it. */
export const unguarded = (cell: string): string => {
  const text = cell.trim();
  return text.startsWith("'") && isMistaken(text) ? text.slice(1) : text;
};
