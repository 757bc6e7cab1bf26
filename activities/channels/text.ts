/** A message as one text of limited length. */
import { beginningOf } from '../../lib/graphemes.js';
import type { ChannelMessage } from './channel.js';

export interface Measure {
  of(text: string): number;
  /** The longest beginning within the limit that ends between two characters. */
  beginning(text: string, limit: number): string;
}

const encoder = new TextEncoder();

/** As UTF-8. */
export const BYTES: Measure = {
  of: (text) => Buffer.byteLength(text),
  beginning: (text, limit) => beginningOf(text, encoder.encodeInto(text, new Uint8Array(limit)).read),
};

/** Length in SMS: two for a character outside the basic plane. */
export const CHARACTERS: Measure = {
  of: (text) => text.length,
  beginning: beginningOf,
};

const CUT = '…';

/** Text and link, once if the text has the link already. Too long a text loses its end, not the link. */
export function textWithin({ text, link }: ChannelMessage, limit: number, measure: Measure): string {
  const told = text.trim();
  const whole = link === undefined || told.includes(link) ? told : `${told}\n${link}`;
  if (measure.of(whole) <= limit) return whole;

  const end = link === undefined ? CUT : `${CUT}\n${link}`;
  const room = limit - measure.of(end);
  if (room < 0) return measure.beginning(told, limit);
  return `${measure.beginning(told, room)}${end}`;
}
