/** SMS through a gateway that takes HTTP requests; the configuration gives their shape. */

import { idAt, isOneOf, type Sign, valueAt } from '../../lib/json-pointer.js';
import { type ChannelAnswer, type ChannelMessage, type ChannelSender, deferred, failed } from './channel.js';
import { ask, codeInWords, type HttpReply, type HttpRequest, isTaken, jsonOf, refusal, UNREADABLE } from './http.js';
import { createLimit } from './limit.js';
import { fill, fillAll, type Template, type Values } from './template.js';
import { CHARACTERS, textWithin } from './text.js';

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
const NUMBER = /^\+?\d{5,15}$/;

export function smsSender(settings: SmsSettings, timeLimit?: number): ChannelSender {
  const { characters = 500, perNumberPerHour = 20 } = settings;
  const limit = createLimit(perNumberPerHour, HOUR);
  return {
    async send(message, signal) {
      const number = message.to.address.replaceAll(/[\s-]/g, '');
      if (!NUMBER.test(number)) return failed('invalid-number');
      const name = message.drill ? `drill ${number}` : number;
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

function requestOf({ url, method = 'POST', headers = {}, json, form }: SmsSettings, values: Values): HttpRequest {
  const [type, body] = form
    ? ['application/x-www-form-urlencoded', String(new URLSearchParams(fillAll(form, values)))]
    : ['application/json', JSON.stringify(fill(json ?? {}, values))];
  return { url, method, headers: { 'content-type': type, ...lowerCased(fillAll(headers, values)) }, body };
}

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** A refusal that does not blame the number may be our configuration: try again. */
function answerOf(reply: HttpReply, message: ChannelMessage, settings: SmsSettings): ChannelAnswer {
  const { taken, refused } = settings;
  const said = jsonOf(reply) ?? reply.body.trim();
  const code = refused && valueAt(said, refused.at);
  if (refused && isOneOf(code, refused)) return failed(`number-refused: ${code}`);
  if (!isTaken(reply)) return refusal(reply);
  const result = taken && valueAt(said, taken.at);
  if (taken && result === undefined) return UNREADABLE;
  if (taken && !isOneOf(result, taken)) return deferred(`gateway-refused${codeInWords(result)}`);
  return takenAs(said, message, settings);
}

/** Without the id that its receipt will name no receipt can be awaited. */
function takenAs(said: unknown, { key }: ChannelMessage, { messageId, receipts }: SmsSettings): ChannelAnswer {
  const id = messageId === undefined ? key : idAt(said, messageId);
  return {
    outcome: 'taken',
    messageId: id ?? key,
    ...(receipts && id !== undefined ? { awaitsReceipt: true } : {}),
  };
}
