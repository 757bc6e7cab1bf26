import type { Command, MessageResult, Outcome } from '../episode/commands.js';
import { deliver } from './activities.js';

/** The inbox of any chain: each takes outcomes. */
interface TakesOutcomes {
  put(
    command: Command<{ kind: 'recordDeliveries'; results: MessageResult[] }>,
    answer: (outcome: Outcome) => void,
  ): void;
}

type Keyed = { key: string };

const MOST_BATCHES = 8;
const MOST_IN_A_BATCH = 100;

/**
 * Sends messages beside the loop, which never waits for a mail server. The outcomes come back through the inbox as a
 * command. A message is under way until its outcome is recorded: until then the state still asks for it.
 */
export class Messenger {
  private readonly keys = new Set<string>();
  private batches = 0;

  constructor(
    private readonly episodeId: string,
    private readonly inbox: TakesOutcomes,
  ) {}

  get underWay(): string[] {
    return [...this.keys];
  }

  get isIdle(): boolean {
    return this.batches === 0;
  }

  get isBusy(): boolean {
    return this.batches === MOST_BATCHES;
  }

  isSending({ key }: Keyed): boolean {
    return this.keys.has(key);
  }

  /** Sends as many as may go now; the state asks again for the others. */
  send(messages: readonly Keyed[]): void {
    const waiting = messages.filter((message) => !this.isSending(message)).map(({ key }) => key);
    while (waiting.length > 0 && !this.isBusy) void this.sendBatch(waiting.splice(0, MOST_IN_A_BATCH));
  }

  private async sendBatch(batch: string[]): Promise<void> {
    this.batches += 1;
    for (const key of batch) this.keys.add(key);
    const results = await deliver({ episodeId: this.episodeId, messages: batch });
    this.inbox.put(recordOf(results), () => {
      for (const key of batch) this.keys.delete(key);
      this.batches -= 1;
    });
  }
}

const recordOf = (results: MessageResult[]): Parameters<TakesOutcomes['put']>[0] => ({
  commandId: 'deliveries',
  bodyHash: '',
  actor: { accountId: 'system', role: 'system' },
  body: { kind: 'recordDeliveries', results },
});
