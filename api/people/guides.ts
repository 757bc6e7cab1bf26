/** Words that a workbook shows at the cells of a column, and the lists to choose from. */
import { ROLES, SHEETS, type Sheet, type SheetKind, titleOf } from './sheets.js';

export interface Guide {
  /** `C2:C2000` */
  cells: string;
  title: string;
  /** At most 255 characters (ECMA-376 §18.3.1.32). */
  text: string;
  /** A formula: the cells or the words to choose from. Other words may be typed all the same. */
  list?: string;
}

type Texts<K extends SheetKind> = Record<keyof (typeof SHEETS)[K]['columns'], string>;

const ROBOT = '已经配置的名称，如 区级工作群。不要填网址和密钥。没有就空着。';
const UNIT_ID = '单位的编号，如 education。照原样保留；填了单位的可以空着。';
const UNIT = '单位的名称或常用简称，如 区教育局。';
const CONTACT_ID = '系统给的编号，照原样保留，改了姓名也还是同一个人。新增的人空着。';

const TEXTS: { [K in SheetKind]: Texts<K> } = {
  contacts: {
    unitId: UNIT_ID,
    unit: UNIT,
    role: '从列表中选：联络员、负责人或副职。',
    name: '姓名，如 王伟、阿不都热依木·买买提。',
    email: '如 wang@example.cn。没有就空着。',
    phone: '打电话用的号码，座机带区号，如 0991-1234567。',
    sms: '收短信的手机号码，如 13900000000。没有就空着。',
    wecom: ROBOT,
    dingtalk: ROBOT,
    webhook: ROBOT,
    contactId: CONTACT_ID,
  },
  roster: {
    unitId: UNIT_ID,
    unit: UNIT,
    date: '值班的那一天，先写年，如 2026-01-10。',
    shift: '班次的名称，如 白班、夜班。',
    from: '开始的时间，如 09:00。',
    until: '结束的时间，如 18:00；第二天的写 次日09:00。',
    name: '值班的人，从列表中选，或填联系人表里的姓名。',
    contactId: CONTACT_ID,
  },
};

const LAST_ROW = 5_000;

/** The guides of a sheet, whose workbook has these sheets. */
export const guidesOf = ({ kind }: Sheet, sheets: readonly Sheet[]): Guide[] =>
  Object.entries<string>(TEXTS[kind]).map(([column, text], place) => {
    const list = listOf(kind, column, sheets);
    return { cells: cellsOf(place, LAST_ROW), title: titleOf(kind, column), text, ...(list ? { list } : {}) };
  });

function listOf(kind: SheetKind, column: string, sheets: readonly Sheet[]): string | undefined {
  if (kind === 'contacts' && column === 'role') return `"${Object.values(ROLES).join(',')}"`;
  const people = sheets.find((sheet) => sheet.kind === 'contacts');
  if (kind !== 'roster' || column !== 'name' || !people || people.rows.length < 2) return undefined;
  const place = Object.keys(SHEETS.contacts.columns).indexOf('name');
  return `'${SHEETS.contacts.name}'!${cellsOf(place, people.rows.length, '$')}`;
}

/** From the second row on: `D2:D9`, or fixed `$D$2:$D$9`. */
const cellsOf = (place: number, last: number, fixed = ''): string => {
  const letter = String.fromCharCode('A'.charCodeAt(0) + place);
  return `${fixed}${letter}${fixed}2:${fixed}${letter}${fixed}${last}`;
};
