/** Sends the test message of a channel, through its gate and by its way, like any message. */
import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Database } from '../ledger/database.js';
import { DUTY_DESK, deskOf } from '../ledger/people/duty-desk.js';
import { readPersonalData } from '../ledger/people/personal-data.js';
import { recipientsOf } from '../ledger/people/roster.js';
import { testInWords } from '../plan/wording/alarms.js';
import type { Messages } from '../plan/wording/templates.js';
import type { ChannelTestAnswer, ChannelTestInput } from '../workflows/contract.js';
import type { ChannelAnswer } from './channels/channel.js';
import type { Channels } from './channels/create-channels.js';
import { wordsFor } from './delivery-plan.js';

interface Testing {
  database: Database;
  /** Behind their gates. */
  channels: Channels;
  /** The words of the edition in force. */
  messages: Messages;
  log: Logger;
}

/** Whoever asks waits ten seconds. */
const PATIENCE_MS = 8_000;
/** After all that is for somebody. */
const LAST = 9;

export const channelTester =
  ({ database, channels, messages, log }: Testing) =>
  async ({ channel, address: reference }: ChannelTestInput): Promise<ChannelTestAnswer> => {
    const sender = channels[channel];
    const address = (await readPersonalData(database, [reference])).get(reference.reference);
    if (!sender) return { outcome: 'failed', reason: 'not-configured' };
    // Whoever asked waits no longer, and has taken the address away.
    if (address === undefined) return { outcome: 'deferred', reason: 'time-out' };
    const [onDuty = []] = await recipientsOf(database, [DUTY_DESK], Date.now());
    const message = {
      ...{ key: `channel-test-${randomUUID()}`, at: Date.now(), to: { name: '测试', address } },
      ...{ ...wordsFor(channel, testInWords(messages, channel, deskOf(onDuty))), urgency: LAST, isNew: true as const },
    };
    const answer = answerOf(await sender.send(message, AbortSignal.timeout(PATIENCE_MS)));
    log.info({ channel, ...answer }, 'a channel was tested');
    return answer;
  };

function answerOf(answer: ChannelAnswer): ChannelTestAnswer {
  if (answer.outcome === 'taken')
    return { outcome: 'taken', ...(answer.awaitsReceipt ? { awaitsReceipt: true as const } : {}) };
  const { outcome, reason, fault } = answer;
  return { outcome, reason, ...(fault === undefined ? {} : { fault }) };
}
