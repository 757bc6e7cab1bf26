import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type ChannelAnswer, type ChannelMessage, rateLimited } from './channel.js';

export interface Limit {
  /**
   * Counts one more message under a name. At the limit it counts none, and answers when to try again. What can wait never
   * takes the places of what is urgent.
   */
  exceeded(name: string, urgency?: ChannelMessage['urgency']): Promise<ChannelAnswer | undefined>;
  /** Counts one less, for a message that was not sent after all. */
  giveBack(name: string, urgency?: ChannelMessage['urgency']): Promise<void>;
}

/** At most so many messages in so many seconds under one name, `patient` of them reminders and the like. Counted in this process. */
export function createLimit(messages: number, seconds: number, patient = messages): Limit {
  const all = new RateLimiterMemory({ points: messages, duration: seconds });
  const waiting = new RateLimiterMemory({ points: patient, duration: seconds });
  const limitersFor = (urgency = 0) => (urgency === 0 ? [all] : [waiting, all]);
  return {
    async exceeded(name, urgency) {
      const counted: RateLimiterMemory[] = [];
      for (const limiter of limitersFor(urgency)) {
        counted.push(limiter);
        const refused = await limiter.consume(name).then(
          () => undefined,
          (refusal: RateLimiterRes) => refusal,
        );
        if (!refused) continue;
        // The limiter counts refused messages too.
        for (const one of counted) await one.reward(name);
        return rateLimited(Math.ceil(refused.msBeforeNext / 1000));
      }
      return undefined;
    },
    giveBack: async (name, urgency) => {
      for (const limiter of limitersFor(urgency)) await limiter.reward(name);
    },
  };
}
