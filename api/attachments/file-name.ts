import { beginningOf } from '../../lib/graphemes.js';
import { ENDINGS } from './media-type.js';

const LONGEST = 100;
/** Characters that no file system takes, and marks of direction, which make a name look like another. */
const NOT_IN_NAMES = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\\/:*?"<>|]+/gu;

/** The uploader's name with an ending that fits the content, because systems open a file by its ending. */
export function fileNameOf(given: string, mediaType: string): string {
  const endings = ENDINGS[mediaType] ?? [''];
  const clean = given.normalize('NFC').replaceAll(NOT_IN_NAMES, ' ').replaceAll(/\s+/g, ' ').trim();
  const [, stem = clean, ending = ''] = /^(.*)\.([^.]*)$/.exec(clean) ?? [];
  const fits = endings.includes(ending.toLowerCase());
  return `${shortened(fits ? stem : clean)}.${fits ? ending : endings[0]}`;
}

function shortened(stem: string): string {
  const kept = beginningOf(stem, LONGEST).replace(/^[\s.]+|[\s.]+$/g, '');
  return kept === '' ? '附件' : kept;
}
