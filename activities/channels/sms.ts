/** SMS through a gateway that takes HTTP requests; the configuration gives their shape. */

import type { Blame } from '../../episode/faults.js';
import { idAt, isOneOf, type Sign, valueAt } from '../../lib/json-pointer.js';
import { comparableAddress } from '../../plan/people/contacts.js';
import { type ChannelAnswer, type ChannelMessage, type ChannelSender, inWords, refusedFor } from './channel.js';
import { ask, codeInWords, type HttpReply, type HttpRequest, isTaken, jsonOf, refusal, UNREADABLE } from './http.js';
import { createLimit } from './limit.js';
import { fill, fillAll, type Template, type Values } from './template.js';
import { CHARACTERS, textWithin } from './text.js';
import { faultBy, GATEWAY_VERDICTS } from './verdicts/service-verdicts.js';

export interface SmsSettings {
  url: string;
  method?: 'POST' | 'PUT';
  /** May hold `{key}`. */
  headers?: Readonly<Record<string, string>>;
  /** Either of the two, with `{number}`, `{text}` and perhaps `{key}` in its values. */
  json?: Template;
  form?: Readonly<Record<string, string>>;
  /** Absent: any 2xx. */
  taken?: Sign;
  /** The number is refused for good. */
  refused?: Sign;
  /** The place of the gateway's own id for the message in its answer. Absent: it knows the message by our `{key}`. */
  messageId?: string;
  /** The gateway tells later whether a message arrived (api/receipts/). */
  receipts?: object;
  /** Longest text. */
  characters?: number;
  perNumberPerHour?: number;
}

const HOUR = 3600;
/** Where the settings do not say. */
export const PER_NUMBER_PER_HOUR = 20;
const NUMBER = /^\+?\d{5,15}$/;

export function smsSender(settings: SmsSettings, timeLimit?: number): ChannelSender {
  const { characters = 500, perNumberPerHour = PER_NUMBER_PER_HOUR } = settings;
  const limit = createLimit(perNumberPerHour, HOUR);
  return {
    async send(message, signal) {
      const number = message.to.address.replaceAll(/[\s-]/g, '');
      if (!NUMBER.test(number)) return refusedFor('address', 'invalid-number');
      const name = countedAs(message, number);
      const exceeded = await limit.exceeded(name);
      if (exceeded) return exceeded;
      const values = { number, text: textWithin(message, characters, CHARACTERS), key: message.key };
      const answer = await ask(
        requestOf(settings, values),
        signal,
        (reply) => answerOf(reply, message, settings),
        timeLimit,
      );
      // Tries do not use up the hour while the gateway is away.
      if (answer.outcome !== 'taken' && !answer.perhapsTaken) await limit.giveBack(name);
      return answer;
    },
  };
}

/** Notices have the hour's number for themselves: no reminder can use it up, and no drill. */
const countedAs = ({ drill, urgency = 0 }: ChannelMessage, number: string): string =>
  `${drill ? 'drill ' : ''}${urgency === 0 ? '' : 'later '}${comparableAddress('sms', number)}`;

function requestOf({ url, method = 'POST', headers = {}, json, form }: SmsSettings, values: Values): HttpRequest {
  const [type, body] = form
    ? ['application/x-www-form-urlencoded', String(new URLSearchParams(fillAll(form, values)))]
    : ['application/json', JSON.stringify(fill(json ?? {}, values))];
  return { url, method, headers: { 'content-type': type, ...lowerCased(fillAll(headers, values)) }, body };
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** The configured signs first, then what is known of gateways: a code, or the words that come with it. */
function answerOf(reply: HttpReply, message: ChannelMessage, settings: SmsSettings): ChannelAnswer {
  const { taken, refused } = settings;
  const said = jsonOf(reply) ?? reply.body.trim();
  const code = refused && valueAt(said, refused.at);
  if (refused && isOneOf(code, refused)) return refusedFor('address', `number-refused: ${code}`);
  const result = taken && valueAt(said, taken.at);
  if (isTaken(reply) && (!taken || isOneOf(result, taken))) return takenAs(said, message, settings);
  const fault = faultOf(result, said, message);
  if (!isTaken(reply)) {
    const byStatus = refusal(reply);
    if (fault === 'unclear') return byStatus;
    const { perhapsTaken } = byStatus;
    return { ...byStatus, ...refusedFor(fault, inWords(fault, `http ${reply.status}`)), perhapsTaken };
  }
  if (result === undefined && fault === 'unclear') return UNREADABLE;
  return refusedFor(fault, `${fault === 'address' ? 'number' : 'gateway'}-refused${codeInWords(result)}`);
}

/** The words are read without the number and the text that the gateway may repeat, and without the names of its fields. */
function faultOf(result: unknown, said: unknown, { to, text }: ChannelMessage): Blame {
  const words = stringsIn(said).map((one) => one.replaceAll(to.address, '').replaceAll(text, ''));
  return faultBy(GATEWAY_VERDICTS, result === undefined ? undefined : String(result), words.join('\n'));
}

/** The texts in an answer: fields of JSON, or the whole. */
const stringsIn = (said: unknown): string[] => {
  if (typeof said === 'string') return [said];
  return said !== null && typeof said === 'object' ? Object.values(said).flatMap(stringsIn) : [];
};

/** Without the id that its receipt will name no receipt can be awaited. */
function takenAs(said: unknown, { key }: ChannelMessage, { messageId, receipts }: SmsSettings): ChannelAnswer {
  const id = messageId === undefined ? key : idAt(said, messageId);
  return {
    outcome: 'taken',
    messageId: id ?? key,
    ...(receipts && id !== undefined ? { awaitsReceipt: true } : {}),
  };
}
