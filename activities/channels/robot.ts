/** Group robots. Each answers HTTP 200 with an `errcode`, and takes 20 messages a minute. */
import {
  type ChannelAnswer,
  type ChannelMessage,
  type ChannelSender,
  deferred,
  failed,
  NOT_CONFIGURED,
  rateLimited,
} from './channel.js';
import { ask, codeInWords, type HttpReply, type HttpRequest, isTaken, jsonOf, refusal, UNREADABLE } from './http.js';
import { createLimit } from './limit.js';

export interface RobotService<Robot> {
  requestTo(robot: Robot, message: ChannelMessage): HttpRequest;
  /** `errcode`s for too many messages. */
  tooMany: ReadonlySet<number>;
  /** Seconds for which the service then takes nothing. */
  pause: number;
  /** `errcode`s for a text that is never taken. */
  textRefused: ReadonlySet<number>;
}

const MESSAGES_A_MINUTE = 20;

export function robotSender<Robot>(
  robots: Readonly<Record<string, Robot>>,
  service: RobotService<Robot>,
  timeLimit?: number,
): ChannelSender {
  const known = new Map(Object.entries(robots));
  const limit = createLimit(MESSAGES_A_MINUTE, 60);
  return {
    async send(message, signal) {
      const name = message.to.address;
      const robot = known.get(name);
      if (robot === undefined) return NOT_CONFIGURED;
      const exceeded = await limit.exceeded(name);
      if (exceeded) return exceeded;
      const read = (reply: HttpReply) => answerOf(reply, message, service);
      const answer = await ask(service.requestTo(robot, message), signal, read, timeLimit);
      if (answer.outcome === 'deferred' && answer.retryAfter) {
        await limit.close(name, Math.min(answer.retryAfter, service.pause));
      }
      return answer;
    },
  };
}

/** A missing robot, a wrong key or signature is the installation's fault, and passes once it is put right. */
function answerOf<Robot>(reply: HttpReply, { key }: ChannelMessage, service: RobotService<Robot>): ChannelAnswer {
  if (!isTaken(reply)) return refusal(reply);
  const { errcode } = (jsonOf(reply) ?? {}) as { errcode?: unknown };
  if (typeof errcode !== 'number') return UNREADABLE;
  if (errcode === 0) return { outcome: 'taken', messageId: key };
  if (service.tooMany.has(errcode)) return rateLimited(service.pause);
  if (service.textRefused.has(errcode)) return failed(`text-refused${codeInWords(errcode)}`);
  return deferred(`robot-refused${codeInWords(errcode)}`);
}
