import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { type ChannelAnswer, rateLimited } from './channel.js';

export interface Limit {
  /** Counts one more message under a name. At the limit it counts none, and answers when to try again. */
  exceeded(name: string): Promise<ChannelAnswer | undefined>;
  /** Counts one less, for a message that was not sent after all. */
  giveBack(name: string): Promise<void>;
  /** Refuses everything under a name, because the other side has had enough. */
  close(name: string, seconds: number): Promise<void>;
}

/** At most so many messages in so many seconds under one name, counted in this process. */
export function createLimit(messages: number, seconds: number): Limit {
  const limiter = new RateLimiterMemory({ points: messages, duration: seconds });
  return {
    exceeded: (name) =>
      limiter.consume(name).then(
        () => undefined,
        async ({ msBeforeNext }: RateLimiterRes) => {
          // The limiter counts refused messages too.
          await limiter.reward(name);
          return rateLimited(Math.ceil(msBeforeNext / 1000));
        },
      ),
    giveBack: async (name) => {
      await limiter.reward(name);
    },
    close: async (name, pause) => {
      await limiter.block(name, pause);
    },
  };
}
