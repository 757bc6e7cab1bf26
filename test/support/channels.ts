/** Channels that note their recipients, and can be away. */
import { type ChannelAnswer, refusedFor } from '../../activities/channels/channel.js';
import type { Channels } from '../../activities/channels/create-channels.js';
import type { Channel } from '../../plan/types.js';
import { engineTime } from './backend.js';

export interface Sent {
  channel: Channel;
  address: string;
  /** The ledger's name of the message. */
  message: string;
  at: number;
}

export interface NotingChannels extends Channels {
  /** Messages taken, in order. */
  sent: Sent[];
}

/** A channel that is away says so at once: patience is real time, and the engine's time skips. */
export const notingChannels = (isAway: (channel: Channel, at: number) => boolean = () => false): NotingChannels => {
  const sent: Sent[] = [];
  const sender = (channel: Channel) => ({
    send: async ({ key, to: { address } }: { key: string; to: { address: string } }): Promise<ChannelAnswer> => {
      const at = engineTime();
      if (isAway(channel, at)) return refusedFor('server', 'server-unreachable');
      sent.push({ channel, address, message: key.split('/')[1]!, at });
      return { outcome: 'taken', messageId: key };
    },
  });
  return { email: sender('email'), sms: sender('sms'), close: () => undefined, sent };
};
