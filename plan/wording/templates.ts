/** The shape of `messages.yaml`: the wording of every event, which may differ at a level. */
import { z } from 'zod';
import { WARNING_LEVELS } from '../types.js';
import { MESSAGE_EVENTS, type MessageEvent } from './events.js';

const line = z.string().regex(/^[^\r\n]*\S[^\r\n]*$/, '应为一行文字，不能为空');
const text = z.string().regex(/\S/, '不能为空');

const event = z.strictObject({
  subject: line,
  text,
  /** Follows after the links: what is looked up, not what is asked for. */
  details: text.exactOptional(),
  short: line,
  /** Wording that differs at a level. */
  levels: z
    .partialRecord(
      z.enum(WARNING_LEVELS),
      z.strictObject({
        subject: line.exactOptional(),
        text: text.exactOptional(),
        details: text.exactOptional(),
        short: line.exactOptional(),
      }),
    )
    .exactOptional(),
});
const events = Object.fromEntries(MESSAGE_EVENTS.map((name) => [name, event])) as Record<MessageEvent, typeof event>;

export const messagesSchema = z.strictObject({
  frame: z.strictObject({ text, short: line }),
  events: z.strictObject(events),
});
export type Messages = z.infer<typeof messagesSchema>;

export const PARTS = ['subject', 'text', 'details', 'short'] as const;
/** The templates of an event: `details` may be empty, `short` is for SMS and group robots. */
export type Part = (typeof PARTS)[number];
export type Wording = Record<Part, string>;
