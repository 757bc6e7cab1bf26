/** Channels that note whom they wrote to, and can be away. */
import { type ChannelAnswer, deferred } from '../../activities/channels/channel.js';
import type { Channels } from '../../activities/channels/create-channels.js';
import type { Channel } from '../../plan/types.js';
import { engineTime } from './house.js';

export interface Sent {
  channel: Channel;
  address: string;
  /** As the ledger names the message. */
  message: string;
  at: number;
}

export interface NotingChannels extends Channels {
  /** What was taken, in order. */
  sent: Sent[];
}

/** Away, a channel says so at once: patience is real time, and the engine's skips. */
export const notingChannels = (isAway: (channel: Channel, at: number) => boolean = () => false): NotingChannels => {
  const sent: Sent[] = [];
  const sender = (channel: Channel) => ({
    send: async ({ key, to: { address } }: { key: string; to: { address: string } }): Promise<ChannelAnswer> => {
      const at = engineTime();
      if (isAway(channel, at)) return deferred('server-unreachable');
      sent.push({ channel, address, message: key.split('/')[1]!, at });
      return { outcome: 'taken', messageId: key };
    },
  });
  return { email: sender('email'), sms: sender('sms'), close: () => undefined, sent };
};
