/** A call (叫应) by a gateway that reads a short text and takes a key press. Its outcome comes later (api/receipts/). */
import type { ChannelAnswer, ChannelMessage, ChannelSender } from './channel.js';
import { type SmsSettings, smsSender } from './sms.js';

/** A gateway asked like one for SMS. The text around `{text}` says which key to press. */
export type CallSettings = SmsSettings & { receipts: object };

/** Half a minute of speech. */
const CHARACTERS = 150;

export function callSender(settings: CallSettings, timeLimit?: number): ChannelSender {
  const sender = smsSender({ characters: CHARACTERS, ...settings }, timeLimit);
  return { send: async (message, signal) => withOutcome(await sender.send(spoken(message), signal)) };
}

/** A call whose outcome can never be known has reached nobody. It rang, so it is not made again. */
const withOutcome = (answer: ChannelAnswer): ChannelAnswer =>
  answer.outcome === 'taken' && !answer.awaitsReceipt
    ? { outcome: 'failed', reason: 'answer-without-id', perhapsTaken: false }
    : answer;

/** Nobody can open a link by ear. */
function spoken({ link, text, ...message }: ChannelMessage): ChannelMessage {
  return { ...message, text: (link === undefined ? text : text.replaceAll(link, '')).trim() };
}
