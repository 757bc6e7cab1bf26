/** Tells the office of a way out that is ill, by another way, and when it is well again: once each (docs/decisions/0029). */
import type { Logger } from 'pino';
import { sha256 } from '../ledger/chain/chain.js';
import { claimTelling, endIllness, endTelling, type Illness, illnesses } from '../ledger/channel-health.js';
import type { Database } from '../ledger/database.js';
import type { ReferredContact } from '../ledger/people/contacts.js';
import { DUTY_DESK, deskOf } from '../ledger/people/duty-desk.js';
import { recipientsOf } from '../ledger/people/roster.js';
import { atIntervals, type Repeated } from '../lib/at-intervals.js';
import { addressOf } from '../plan/people/contacts.js';
import type { Channel } from '../plan/types.js';
import { alarmInWords } from '../plan/wording/alarms.js';
import type { ChannelAlarm } from '../plan/wording/events.js';
import type { Messages } from '../plan/wording/templates.js';
import type { Channels } from './channels/create-channels.js';
import { wordsFor } from './delivery-plan.js';

export interface Watching {
  database: Database;
  /** The channels behind their gates. */
  channels: Channels;
  /** The words of the edition in force. */
  messages: Messages;
  log: Logger;
  /** Real milliseconds since 1970. */
  clock(): number;
}

const EVERY_MS = 15_000;
const MINUTE = 60_000;
/** A server that is away for a moment is no news; an account that is refused needs a person. */
const TOLD_AFTER = { account: 0, policy: 5 * MINUTE, server: 5 * MINUTE };
/** So long it has to be well: one that takes ten mails and then refuses is not. */
const WELL_AFTER = 5 * MINUTE;
/** A way that nothing has been sent by for so long is not known to be ill any more. */
const FORGOTTEN_AFTER = 24 * 60 * MINUTE;
const PATIENCE_MS = 30_000;
/** Longer than a worker tells: after it another one does. */
const TELLING_MS = 5 * MINUTE;

/** Watches until it is stopped. */
export const watchChannels = (watching: Watching): Repeated =>
  atIntervals(
    EVERY_MS,
    () => lookAtChannels(watching),
    (error) => watching.log.warn({ reason: String(error) }, 'could not look at the health of the channels'),
  );

/** One look: tells what is to be told now. */
export async function lookAtChannels(watching: Watching): Promise<void> {
  const { database, clock } = watching;
  const found = await illnesses(database);
  for (const ill of found) {
    const now = clock();
    const step = stepOf(ill, now);
    if (step === 'end') await endIllness(database, ill);
    if (step !== 'channel-ill' && step !== 'channel-well') continue;
    if (!(await claimTelling(database, ill, now, now + TELLING_MS))) continue;
    const isTold = await tell(watching, step, ill, found);
    const toldAt = step === 'channel-ill' ? now : null;
    await endTelling(database, ill.way, isTold ? toldAt : ill.toldAt);
    if (isTold && step === 'channel-well') await endIllness(database, ill);
  }
}

/** Due now: one of the alarms, the end of an illness, or nothing. */
function stepOf(
  { fault, since, nextTryAt, wellSince, toldAt }: Illness,
  now: number,
): ChannelAlarm | 'end' | undefined {
  if (now - (wellSince ?? nextTryAt) >= FORGOTTEN_AFTER) return 'end';
  if (wellSince === null) return toldAt === null && now - since >= TOLD_AFTER[fault] ? 'channel-ill' : undefined;
  if (now - wellSince < WELL_AFTER) return undefined;
  return toldAt === null ? 'end' : 'channel-well';
}

/** Each person on duty in the office, by the first of his channels that takes it and is not ill itself. */
async function tell(
  { database, channels, messages, log, clock }: Watching,
  alarm: ChannelAlarm,
  about: Illness,
  found: readonly Illness[],
): Promise<boolean> {
  const ill = new Set([about.way, ...found.filter(({ wellSince }) => wellSince === null).map(({ way }) => way)]);
  const tellOne = async (contact: ReferredContact): Promise<boolean> => {
    for (const channel of CHANNELS_OF_AN_ALARM) {
      const address = addressOf(contact, channel);
      if (!address || ill.has(channel) || ill.has(`${channel} ${address}`)) continue;
      const key = `channel-${sha256([about.way, about.since, alarm, contact.reference, channel].join(' '))}`;
      const message = { ...wordsFor(channel, words), key, at: clock(), to: { name: contact.name, address } };
      const answer = await channels[channel]?.send(message, AbortSignal.timeout(PATIENCE_MS));
      if (answer?.outcome === 'taken') return true;
    }
    return false;
  };
  const [onDuty = []] = await recipientsOf(database, [DUTY_DESK], clock());
  const words = alarmInWords(messages, alarm, about, deskOf(onDuty));
  const isTold = (await Promise.all(onDuty.map(tellOne))).includes(true);
  if (!isTold) log.error({ way: about.way, reason: about.reason }, 'no other way to tell the office of a channel');
  return isTold;
}

/** A phone first; a call, which wakes whoever sleeps, last. */
const CHANNELS_OF_AN_ALARM: readonly Channel[] = ['sms', 'email', 'wecom', 'dingtalk', 'webhook', 'call'];
