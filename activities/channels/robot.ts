/** Group robots. Each answers HTTP 200 with an `errcode`, and takes 20 messages a minute. */
import {
  type ChannelAnswer,
  type ChannelMessage,
  type ChannelSender,
  inWords,
  NOT_CONFIGURED,
  refusedFor,
} from './channel.js';
import { ask, codeInWords, type HttpReply, type HttpRequest, isTaken, jsonOf, refusal, UNREADABLE } from './http.js';
import { createLimit } from './limit.js';
import { faultBy } from './verdicts/service-verdicts.js';
import type { Verdict } from './verdicts/verdict.js';

export interface RobotService<Robot> {
  requestTo(robot: Robot, message: ChannelMessage): HttpRequest;
  /** The meaning of its `errcode`s. */
  verdicts: readonly Verdict[];
  /** Seconds for which the service takes nothing after too many messages. */
  pause: number;
}

export const MESSAGES_A_MINUTE = 20;
/** The rest is left to notices. */
const REMINDERS_A_MINUTE = 15;

export function robotSender<Robot>(
  robots: Readonly<Record<string, Robot>>,
  service: RobotService<Robot>,
  timeLimit?: number,
): ChannelSender {
  const known = new Map(Object.entries(robots));
  const limit = createLimit(MESSAGES_A_MINUTE, 60, REMINDERS_A_MINUTE);
  return {
    async send(message, signal) {
      const name = message.to.address;
      const robot = known.get(name);
      if (robot === undefined) return NOT_CONFIGURED;
      const exceeded = await limit.exceeded(name, message.urgency);
      if (exceeded) return exceeded;
      const read = (reply: HttpReply) => answerOf(reply, message, service);
      return ask(service.requestTo(robot, message), signal, read, timeLimit);
    },
  };
}

function answerOf<Robot>(reply: HttpReply, { key }: ChannelMessage, service: RobotService<Robot>): ChannelAnswer {
  if (!isTaken(reply)) return refusal(reply);
  const { errcode } = (jsonOf(reply) ?? {}) as { errcode?: unknown };
  if (typeof errcode !== 'number') return UNREADABLE;
  if (errcode === 0) return { outcome: 'taken', messageId: key };
  const fault = faultBy(service.verdicts, String(errcode));
  if (fault === 'policy') return refusedFor(fault, inWords(fault, ''), { retryAfter: service.pause });
  return refusedFor(fault, `${fault === 'text' ? 'text' : 'robot'}-refused${codeInWords(errcode)}`);
}
