/** Whom a row of a roster names. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { grouped } from '../../lib/grouped.js';
import { apart, namesIn, normalName, withoutTitle } from '../../lib/normal/person.js';
import { mobileIn, phoneIn } from '../../lib/normal/telephone.js';
import { quoted } from '../../lib/quoted.js';
import type { DutyRow } from '../../plan/people/roster.js';
import type { KnownContact } from '../../plan/types.js';
import { dutyKeyOf } from './duty.js';
import type { DutyLine } from './records.js';

interface Unclear {
  column: string;
  detail: string;
}

/** The duties of a line, one for each person, and what somebody should know of them. */
interface Duties {
  rows: DutyRow[];
  remarks: string[];
}

/** Reads the lines of a day, for people of one holder with these duties before. */
export function dutiesOf(
  people: readonly KnownContact[],
  before: readonly DutyRow[],
): (line: DutyLine) => Duties | Unclear {
  const byNormalName = grouped(people, ({ name }) => normalName(name));
  const present = new Map(before.map((row) => [dutyKeyOf(row), row]));

  /** All of that name; an office behind it is left out where nobody is called so. */
  function named(name: string): readonly KnownContact[] {
    const alike = byNormalName.get(normalName(name)) ?? [];
    const exactly = alike.filter((one) => one.name === name);
    if (exactly.length > 0) return exactly;
    const shorter = alike.length > 0 ? undefined : withoutTitle(name);
    return shorter === undefined ? alike : (byNormalName.get(normalName(shorter)) ?? []);
  }

  /** Several names without a sign between them, when all are known: 张 伟 李 芳, 张伟和李芳. */
  function severalIn(name: string): string[] {
    const isKnown = (one: string) => named(one).length > 0;
    const [found, ...others] = isKnown(name) ? [] : apart(name, isKnown);
    if (found && others.length === 0) return found;
    const joined = name.split(/[和及与]/u).map((one) => one.trim());
    return joined.length > 1 && joined.every(isKnown) ? joined : [name];
  }

  function withId(contactId: string, { duty, name }: DutyLine): KnownContact | Unclear | undefined {
    const person = people.find((one) => one.contactId === contactId);
    if (!person && !before.some((other) => isDeepStrictEqual(other, { ...duty, contactId })))
      return {
        column: 'contactId',
        detail: `本单位联系人中没有这个编号${quoted(contactId)}，请核对，或者先登记为联系人`,
      };
    const said = [name, ...namesIn(name).names];
    if (person && name !== '' && !said.some((one) => named(one).includes(person)))
      return { column: 'name', detail: `人员编号“${contactId}”是${person.name}，不是${quoted(name)}，请核对` };
    return person;
  }

  function withNames(cell: string, { names, numbers }: ReturnType<typeof namesIn>): KnownContact[] | Unclear {
    const whole = named(cell);
    const each = whole.length > 0 ? [whole] : names.flatMap(severalIn).map(named);
    const told = each.map((alike) => (alike.length > 1 ? byNumber(alike, numbers) : alike));
    const namesakes = told.find(({ length }) => length > 1);
    if (namesakes)
      return {
        column: 'name',
        detail: `本单位有几位${quoted(namesakes[0]!.name)}，请填写人员编号，例如 ${namesakes[0]!.contactId}`,
      };
    if (told.length > 0 && told.every(({ length }) => length === 1)) return told.flat();
    const detail =
      told.length > 1
        ? `${quoted(cell)}像是几个人，其中有人不在本单位联系人中，请一行填一人，并先登记为联系人`
        : `本单位联系人中没有${quoted(cell)}，请核对姓名，或者先登记为联系人`;
    return { column: 'name', detail };
  }

  return (line) => {
    const { contactId, name, duty, unsaid } = line;
    const said = namesIn(name);
    const found = contactId === '' ? withNames(name, said) : withId(contactId, line);
    if (found && 'detail' in found) return found;
    const persons = found ? [found].flat() : [];
    const ids = found ? persons.map((one) => one.contactId) : [contactId];
    return {
      rows: ids.map((id) => {
        const row = { ...duty, contactId: id };
        const shift = unsaid.includes('shift') ? present.get(dutyKeyOf(row))?.shift : undefined;
        return shift === undefined ? row : { ...row, shift };
      }),
      remarks: said.numbers.filter((number) => !persons.some((one) => hasNumber(one, number))).map(notRead(persons)),
    };
  };
}

const byNumber = (alike: readonly KnownContact[], numbers: readonly string[]): readonly KnownContact[] => {
  const one = alike.filter((person) => numbers.some((number) => hasNumber(person, number)));
  return one.length === 1 ? one : alike;
};

/** A number without area code is the same line; a short one is an extension or a number within a group. */
const hasNumber = ({ phone = '', sms = '' }: KnownContact, typed: string): boolean => {
  const number = mobileIn(typed) ?? phoneIn(typed) ?? typed;
  return [mobileIn(sms), phoneIn(phone)].some((known) => known?.endsWith(number));
};

const notRead =
  (persons: readonly KnownContact[]) =>
  (number: string): string =>
    `${persons.map(({ name }) => name).join('、')}旁边的号码${quoted(number)}不是联系人中登记的，没有读入；通知仍发到登记的号码`;
