/** The wording of messages for its editors: present templates, placeholders, samples. */

import { WARNING_LEVELS, type WarningLevel } from '../../plan/types.js';
import { EVENTS, MESSAGE_EVENTS, type MessageEvent, placeholdersFor } from '../../plan/wording/events.js';
import { faultsOf } from '../../plan/wording/faults.js';
import { FRAME } from '../../plan/wording/frame.js';
import type { Placeholder, Placeholders } from '../../plan/wording/placeholders.js';
import { previewOf } from '../../plan/wording/preview.js';
import { type MessageWords, wordingOf } from '../../plan/wording/render.js';
import type { Messages, Wording } from '../../plan/wording/templates.js';
import { invalidFields } from '../http/fields.js';

export const messagesAnswer = (messages: Messages) => ({
  frame: { ...messages.frame, placeholders: described(FRAME) },
  items: MESSAGE_EVENTS.map((event) => ({
    event,
    about: EVENTS[event].about,
    placeholders: described(placeholdersFor(event)),
    levels: WARNING_LEVELS.map((level) => ({
      level,
      ...previewOf(messages, event, level),
      template: wordingOf(messages, event, level),
    })),
  })),
});

const described = (placeholders: Placeholders) =>
  Object.entries(placeholders).map(([name, placeholder]) => describe(name, placeholder));

function describe(name: string, placeholder: Placeholder) {
  const { about } = placeholder;
  if (placeholder.kind === 'text')
    return { name, about, optional: placeholder.optional, sample: placeholder.sampleAt('yellow') };
  const [row = {}] = placeholder.samples;
  const rows = Object.entries(placeholder.each).map(([column, { about, optional }]) => ({
    name: column,
    about,
    optional,
    sample: row[column] ?? '',
  }));
  return { name, about, optional: false, sample: '', rows };
}

interface Asked extends Omit<Wording, 'details'> {
  details?: string;
  event: MessageEvent;
  level: WarningLevel;
}

/** Templates filled with samples. Unknown placeholders are refused with 400. */
export function previewAsked(messages: Messages, { event, level, ...asked }: Asked): MessageWords {
  const wording = { details: '', ...asked };
  const faults = faultsOf(wording, placeholdersFor(event), level);
  if (faults.length > 0) throw invalidFields(faults.map(({ part, reason }) => ({ field: part, detail: reason })));
  return previewOf(messages, event, level, wording);
}
