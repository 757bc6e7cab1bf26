import { beginningOf } from '../../lib/graphemes.js';
import { TAKEN_KINDS } from './kinds.js';

/** In UTF-16 units: 80 Chinese characters and an ending are less than the 255 bytes that a file system allows. */
const LONGEST = 80;
/** Characters that no file system takes, and marks of direction, which make a name look like another. */
const NOT_IN_NAMES = /(?:(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\/:*?"<>|])+/gu;
/** Windows opens no file that is called so. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;
const KNOWN = new Set(Object.values(TAKEN_KINDS).flatMap(({ endings, odd = [] }) => [...endings, ...odd]));

/** The uploader's name with an ending that fits the content, because systems open a file by its ending. */
export function fileNameOf(given: string, mediaType: string): string {
  const { endings = [''], odd = [] } = TAKEN_KINDS[mediaType] ?? {};
  const own = new Set<string>([...endings, ...odd]);
  const [stem, ending] = cut(visible(given).replace(/[\s.]+$/, ''));
  const kept = endings.find((one) => one === ending.toLowerCase()) ? ending : endings[0];
  const whole = KNOWN.has(ending.toLowerCase()) ? stem : `${stem}${ending && `.${ending}`}`;
  return `${shortened(without(whole, own))}.${kept}`;
}

/** A telephone or an old browser gives the whole path: `C:\fakepath\照片.jpg`. */
const lastPart = (given: string): string => given.split(/[\\/]/).findLast((part) => part.trim() !== '') ?? '';

/** A name as a person can read it: its last part, without marks that change how it looks. */
export const visible = (given: string): string =>
  lastPart(given).normalize('NFC').replaceAll(NOT_IN_NAMES, ' ').replaceAll(/\s+/g, ' ').trim();

function cut(name: string): [stem: string, ending: string] {
  const [, stem = name, ending = ''] = /^(.*)\.([^.]*)$/.exec(name) ?? [];
  return [stem, ending];
}

/** `照片.jfif.jpg` says the same twice. */
function without(stem: string, endings: ReadonlySet<string>): string {
  const [shorter, ending] = cut(stem);
  return endings.has(ending.toLowerCase()) ? without(shorter, endings) : stem;
}

function shortened(stem: string): string {
  const kept = beginningOf(stem, LONGEST).replace(/^[\s.]+|[\s.]+$/g, '');
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(kept)) return '附件';
  return kept.replace(RESERVED, '附件$1');
}
