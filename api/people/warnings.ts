/** What somebody should know before a list is confirmed, or after it was put. Pure. */
import { grouped } from '../../lib/grouped.js';
import { looksEaten, namesIn } from '../../lib/normal/person.js';
import { lacksZero, mobileIn } from '../../lib/normal/telephone.js';
import { quoted } from '../../lib/quoted.js';
import { canBeTold, placeholdersOf, unreachableBecause } from '../../plan/people/contacts.js';
import { changedFields } from '../../plan/people/identify.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { KnownContact } from '../../plan/types.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { ComingDuties } from './coming-duties.js';
import type { Judgement } from './judge-contacts.js';
import type { FileRemark } from './records.js';
import { ROLES, SHEETS } from './sheets.js';

export interface Warning extends FileRemark {
  unitId?: string;
  unit?: string;
}

/** The warnings about one holder's list in a file. */
export function warningsOf(judged: Judgement, coming: ComingDuties): Warning[] {
  const { first, list, isFaulty } = judged;
  if (!list) return (judged.remarks ?? []).map((detail) => warningOf(first, detail));
  const { holder, before, after } = list;
  const touched = after.filter((one) => {
    const known = before.find(({ contactId }) => contactId === one.contactId);
    return !known || changedFields(known, one).length > 0;
  });
  const details = [
    ...touched.flatMap((one) => ofPerson(holder, one)),
    ...(isFaulty
      ? []
      : [
          ...ofUnit(holder, first.holder.name, after),
          ...ofLeaving(before, after),
          ...ofDuties(holder, coming, before, after),
        ]),
  ];
  return details.map((detail) => warningOf(first, detail));
}

/** Nobody is on duty on a day that is over: its year was mistyped, or the list is last year's. */
export function ofPastDays(judged: readonly Judgement[], today: string): Warning[] {
  const past = judged.flatMap(({ day }) => (day && day.date < today ? [day.date] : []));
  const dates = [...new Set(past)].toSorted();
  if (dates.length === 0) return [];
  const more = dates.length > 1 ? `等 ${dates.length} 天` : '';
  return [{ sheet: SHEETS.roster.name, detail: `值班日期 ${dates[0]} ${more}已经过去，请核对年份和月份` }];
}

const warningOf = ({ kind, holder: { unitId, name } }: Judgement['first'], detail: string): Warning => ({
  sheet: SHEETS[kind].name,
  unitId,
  unit: name,
  detail,
});

/** The warnings about a list that was put: `before` is the list that it has replaced. */
export const listWarnings = (
  { unitId, name }: { unitId: string; name: string },
  before: readonly KnownContact[],
  after: readonly KnownContact[],
  coming: ComingDuties,
): string[] => [
  ...after.flatMap((one) => ofPerson(unitId, one)),
  ...ofUnit(unitId, name, after),
  ...ofLeaving(before, after),
  ...ofDuties(unitId, coming, before, after),
];

function isMoreThanName(name: string): boolean {
  const { names, numbers } = namesIn(name);
  return names.length > 1 || numbers.length > 0;
}

const titled = ({ name, role }: KnownContact): string => `${name}（${ROLES[role]}）`;

function ofPerson(holder: string, contact: KnownContact): string[] {
  const { name, phone } = contact;
  const isReached = canBeTold(holder, contact);
  const lacking = holder === 'media' ? '没有填写接口（webhook），预警信息发不到' : '没有手机和邮箱，通知送不到本人';
  const isPlaceholder = placeholdersOf(contact).length > 0;
  return [
    ...(looksEaten(name) ? [`姓名${quoted(name)}中有问号，像是没有保存下来的字，请核对`] : []),
    ...(isMoreThanName(name)
      ? [`姓名${quoted(name)}像是几个人，或者带有号码，请一行填一人，号码填到“短信号码”或“电话”`]
      : []),
    ...(phone !== undefined && lacksZero(phone)
      ? [`${titled(contact)}的电话${quoted(phone)}开头像是少了 0，请核对，例如 0${phone}`]
      : []),
    ...(isReached ? [] : [`${titled(contact)}${isPlaceholder ? '的邮箱是占位的，通知送不到本人' : lacking}，请补上`]),
  ];
}

function ofUnit(holder: string, unit: string, after: readonly KnownContact[]): string[] {
  if (unreachableBecause(holder, after) === undefined) return [];
  return holder === 'media'
    ? ['预警信息将不会向公共媒体播发，请至少给一家填写接口（webhook）']
    : [`${unit}将没有一个人能收到通知，请至少给一人填写手机或邮箱`];
}

/** A person who leaves while a new one has the same number may be one person with another name. */
function ofLeaving(before: readonly KnownContact[], after: readonly KnownContact[]): string[] {
  const isIn = (list: readonly KnownContact[], { contactId }: KnownContact) =>
    list.some((other) => other.contactId === contactId);
  const numberOf = ({ sms }: KnownContact) => (sms === undefined ? undefined : mobileIn(sms));
  const leaving = before.filter((one) => !isIn(after, one));
  return after
    .filter((one) => !isIn(before, one) && numberOf(one) !== undefined)
    .flatMap((one) => {
      const other = leaving.find((known) => numberOf(known) === numberOf(one));
      return other
        ? [
            `${quoted(one.name)}与要离开名单的${quoted(other.name)}手机相同，如果是同一个人，请填写人员编号 ${other.contactId}`,
          ]
        : [];
    });
}

/** Duties and substitutions of people who are no longer in the list. */
function ofDuties(
  holder: string,
  coming: ComingDuties,
  before: readonly KnownContact[],
  after: readonly KnownContact[],
): string[] {
  const isLost = (one: { holder: string; contactId: string }) =>
    one.holder === holder && !after.some(({ contactId }) => contactId === one.contactId);
  const nameOf = (id: string) => before.find(({ contactId }) => contactId === id)?.name ?? id;
  const duties = [...grouped(coming.rows.filter(isLost), ({ contactId }) => contactId)].map(
    ([id, [row, ...others]]) => {
      const more = others.length > 0 ? `等 ${others.length + 1} 班` : '';
      return `${nameOf(id)}不在名单中，其值班 ${row!.date} ${row!.from}–${row!.until} ${more}将无人，请重新排班`;
    },
  );
  const substitutions = coming.substitutions.filter(isLost).map(({ contactId, from, until }) => {
    const span = `${timeInWords(beijingIso(from))}至${timeInWords(beijingIso(until))}`;
    return `${nameOf(contactId)}不在名单中，其替班（${span}）将无人，请另行安排替班`;
  });
  return [...duties, ...substitutions];
}
