/** The channels of the installation, as several pages show them. */
import { useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../shared/api.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';

export type KnownChannel = Schemas['ChannelList']['items'][number];

export const useChannels = () =>
  useQuery({ queryKey: ['channels'], queryFn: () => answered(api.GET('/api/v1/channels')) });

export const channelInWords = ({ channel, name }: Pick<KnownChannel, 'channel' | 'name'>): string => {
  const word = dutyTexts.channels[channel] ?? channel;
  return name === undefined ? word : administrationTexts.channels.named(word, name);
};

/** Those that reach a person, as far as nobody has set them up. */
export const notConfigured = (channels: readonly KnownChannel[]): string[] =>
  (['sms', 'call', 'email'] as const).filter((wanted) => !channels.some(({ channel }) => channel === wanted));
