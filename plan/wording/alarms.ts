/** Alarms of a way out that is ill, and the word that it is well, by the templates of the edition; and the test of a channel. */
import { beijingIso } from '../rules/calendar.js';
import type { Channel, WayFault } from '../types.js';
import { CAUSES, REMEDIES, wayInWords } from './channel-words.js';
import type { AlarmValues, ChannelAlarm, ChannelEvent } from './events.js';
import type { DeskValues } from './frame.js';
import { type MessageWords, messageOf, renderWording, wordingOf } from './render.js';
import type { Messages } from './templates.js';
import { timeBriefly } from './words.js';

interface Illness {
  /** `email`, `wecom 区级工作群`. */
  way: string;
  fault: WayFault;
  reason: string;
  since: number;
}

export function alarmInWords(messages: Messages, alarm: ChannelAlarm, ill: Illness, desk: DeskValues): MessageWords {
  const values: AlarmValues = {
    way: wayInWords(ill.way),
    since: timeBriefly(beijingIso(ill.since)),
    cause: CAUSES[ill.fault],
    answer: ill.reason,
    remedy: REMEDIES[ill.fault],
  };
  return inWords(messages, alarm, values, desk);
}

export const testInWords = (messages: Messages, channel: Channel, desk: DeskValues): MessageWords =>
  inWords(messages, 'channel-test', { way: wayInWords(channel) }, desk);

/** It is of no level and no drill. */
function inWords(
  messages: Messages,
  event: ChannelEvent,
  values: Partial<AlarmValues>,
  desk: DeskValues,
): MessageWords {
  const topic = renderWording(wordingOf(messages, event), { ...desk, ...values });
  const frame = { recipient: '', acknowledgeLink: '', workLink: '', viewLink: '', ...desk };
  return messageOf(messages, [topic], { frame, standing: event, drill: false });
}
