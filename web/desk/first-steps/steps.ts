/** What has to be set up before the first episode, and how far each is. */
import { useQuery } from '@tanstack/react-query';
import { answered, api, type Schemas } from '../../shared/api.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { channelInWords, notConfigured, useChannels } from '../administration/channel-list.js';
import { useReadiness } from '../readiness-query.js';

const WEEK = 7;

export interface FirstStepsState {
  passwords: Schemas['Readiness']['passwords'];
  contacts: { left: number; unreachable: number };
  channels: { missing: string[]; untested: string[]; ill: string[] };
  /** Units with hours for which nobody is rostered. */
  gaps: number;
  drillHeld: boolean;
}

export const STEPS = ['passwords', 'contacts', 'channels', 'roster', 'drill'] as const;
export type StepName = (typeof STEPS)[number];

export function isStepDone(
  step: StepName,
  { passwords, contacts, channels, gaps, drillHeld }: FirstStepsState,
): boolean {
  if (step === 'passwords') return passwords.handedOut.length === 0;
  if (step === 'contacts') return contacts.left === 0;
  if (step === 'channels') return Object.values(channels).every((names) => names.length === 0);
  return step === 'roster' ? gaps === 0 : drillHeld;
}

export const stepsLeft = (state: FirstStepsState): number => STEPS.filter((step) => !isStepDone(step, state)).length;

/** One reading of the three: it fails as soon as one of them does. */
export function useFirstSteps() {
  const readiness = useReadiness();
  const channels = useChannels();
  const gaps = useQuery({
    queryKey: ['gaps', String(WEEK)],
    queryFn: () => answered(api.GET('/api/v1/roster/gaps', { params: { query: { days: WEEK } } })),
  });
  const all = [readiness, channels, gaps];
  const data =
    readiness.data && channels.data && gaps.data
      ? stateOf(readiness.data, channels.data.items, gaps.data.items.length)
      : undefined;
  return {
    data,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
  };
}

function stateOf(
  { items, passwords, drillHeld }: Schemas['Readiness'],
  channels: Schemas['ChannelList']['items'],
  gaps: number,
): FirstStepsState {
  const namesOf = (state: string) => channels.filter((one) => one.state === state).map(channelInWords);
  return {
    passwords,
    contacts: { left: items.length, unreachable: items.filter(({ reachable }) => !reachable).length },
    channels: {
      missing: notConfigured(channels).map((channel) => dutyTexts.channels[channel] ?? channel),
      untested: namesOf('unused'),
      ill: namesOf('ill'),
    },
    gaps,
    drillHeld,
  };
}
