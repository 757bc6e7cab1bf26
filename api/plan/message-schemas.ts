import { z } from 'zod';
import { MESSAGE_EVENTS } from '../../plan/wording/events.js';
import { prose, text, warningLevel } from '../http/schemas.js';

const event = z.enum(MESSAGE_EVENTS).meta({ id: 'MessageEvent' });
const template = text(2_000).regex(/^[^\r\n]*\S[^\r\n]*$/, { error: '应为一行文字，不能为空' });

export const messageEvent = z.object({ event });
export const atLevel = z.strictObject({ level: warningLevel.default('yellow') });

/** Templates that are tried out before they are written into the edition. */
export const previewRequest = z
  .strictObject({
    event,
    level: warningLevel.default('yellow'),
    subject: template,
    text: prose,
    details: prose.exactOptional(),
    short: template,
  })
  .meta({ id: 'MessagePreviewRequest' });

const wording = z.object({ subject: z.string(), text: z.string(), short: z.string() });
const shown = wording.extend({ html: z.string().meta({ description: 'The HTML part of a mail, a whole page' }) });

export const preview = shown.meta({ id: 'MessagePreview', description: 'As sent, with sample values' });

const placeholder = z.object({ name: z.string(), about: z.string(), optional: z.boolean(), sample: z.string() });
const placeholders = z.array(
  placeholder.extend({
    rows: z.array(placeholder).optional().meta({ description: 'Of a list: what each of its rows has' }),
  }),
);

export const messages = z
  .object({
    frame: z.object({ text: z.string(), short: z.string(), placeholders }),
    items: z.array(
      z.object({
        event,
        about: z.string(),
        placeholders,
        levels: z.array(shown.extend({ level: warningLevel, template: wording.extend({ details: z.string() }) })),
      }),
    ),
  })
  .meta({ id: 'Messages' });
