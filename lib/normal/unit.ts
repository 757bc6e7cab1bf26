import { compact } from './text.js';

interface Named {
  name: string;
  aliases: readonly string[];
}

/** The ways a street office is called. */
const STREET = /(街道(办(事处|公室)?)?|街办|办事处)(\(?片区(管委会|管理委员会)\)?|\(片区\)(管委会|管理委员会))?$/;
const COMMITTEE = /委员会$/;

/**
 * The name of a unit to compare, in a district: `教育局`, `区教育局`, `水磨沟区教育局` and `乌鲁木齐市水磨沟区教育局` are one, and so
 * are `七纺街道` and `七纺街道办事处`. `市教育局` is another.
 */
export function normalUnit(name: string, district = ''): string {
  const text = branchOf(compact(name), district);
  // 水磨沟区 is 水区 for short.
  const short = district.length > 2 ? `${district[0]}区` : '';
  if (short !== '' && text.startsWith(short) && text.length > short.length + 1)
    return normalUnit(text.slice(short.length), district);
  const at = district === '' ? -1 : text.indexOf(district);
  const local =
    at >= 0 && /^(乌鲁木齐市?|.{2,8}市)?$/u.test(text.slice(0, at)) ? text.slice(at + district.length) : text;
  return local
    .replace(/^区(?=.{2})/u, '')
    .replace(STREET, '街道')
    .replace(COMMITTEE, '委');
}

/** A branch of a city's office, by its short name: `市公安局水磨沟区分局`, `水磨沟公安分局` and `区公安分局` are one. */
function branchOf(text: string, district: string): string {
  if (district.length < 3) return text;
  const place = district.slice(0, -1);
  const [, office] = new RegExp(`^(?:[^市]{0,6}市)?(.{2,})局${place}区?分局$`, 'u').exec(text) ?? [];
  if (office !== undefined) return `${office}分局`;
  const isShort = text.startsWith(place) && !text.startsWith(district) && text.length > place.length + 2;
  return isShort ? text.slice(place.length) : text;
}

/** The name before a remark in brackets: 区财政局（国资办）. */
const BEFORE_BRACKET = /^(.{2,}?)[(（].*[)）]$/u;

/** The units that a name may mean: one, none, or several when a short name is not enough. */
export function unitsMeant<Unit extends Named>(units: readonly Unit[], name: string, district?: string): Unit[] {
  const wanted = normalUnit(name, district);
  const exactly = units.filter((unit) => [unit.name, ...unit.aliases].includes(name.trim()));
  if (exactly.length > 0) return exactly;
  const meant = units.filter((unit) =>
    [unit.name, ...unit.aliases].some((one) => normalUnit(one, district) === wanted),
  );
  const [, before] = meant.length > 0 ? [] : (BEFORE_BRACKET.exec(name.trim()) ?? []);
  return before === undefined ? meant : unitsMeant(units, before, district);
}
