import { textIn } from '../../lib/text-in.js';
import type { OwnKind } from './kinds.js';

/** A page may begin with remarks and a style, but says soon what it is. */
const PAGE = /^<(!doctype html|html|head|body|meta|title|style|script|table|div|p|span|h\d|font|center)\b|<html\b/i;
const PROGIDS: ReadonlyArray<readonly [RegExp, OwnKind]> = [
  [/progid="word\.document"|<w:worddocument\b|schemas\.microsoft\.com\/office\/2006\/xmlpackage/i, 'word-xml'],
  [/progid="excel\.sheet"|urn:schemas-microsoft-com:office:spreadsheet"/i, 'excel-xml'],
];
const HEADER = /^[\w-]+:[^\n]*\n/;
const MAIL_HEADER = /^(received|from|to|subject|message-id|mime-version|return-path|delivered-to):/im;

/** What a text is, by its beginning. `undefined`: this is no text. */
export function textKind(head: Buffer, isWhole: boolean): OwnKind | undefined {
  const text = textIn(head, isWhole)?.trimStart();
  if (text === undefined) return undefined;
  const marked = markup(text);
  if (marked) return marked;
  if (HEADER.test(text) && /^content-type:\s*multipart\/related/im.test(text)) return 'saved-page';
  if (HEADER.test(text) && MAIL_HEADER.test(text)) return 'mail';
  if (/^\[internetshortcut\]/i.test(text)) return 'shortcut';
  if (/^(#!|@echo\b|<\?php|<%)/i.test(text)) return 'script';
  return isTable(text) ? 'table' : 'text';
}

function markup(text: string): OwnKind | undefined {
  if (!text.startsWith('<')) return undefined;
  const office = PROGIDS.find(([sign]) => sign.test(text));
  // Excel writes its addresses into the pages that it saves.
  if (office && !PAGE.test(text)) return office[1];
  if (PAGE.test(text)) return 'web-page';
  return /<svg\b/i.test(text) ? 'drawing' : undefined;
}

/** Two lines or more that have as many commas, semicolons or tabs as the first. */
function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/).slice(0, 5).filter(Boolean);
  return [',', '\t', ';'].some((mark) => {
    const [first = 1, ...others] = lines.slice(0, -1).map((line) => line.split(mark).length);
    return first > 1 && others.every((count) => count === first);
  });
}
