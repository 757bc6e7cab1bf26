/** What log and traces say of turns and deliveries: ids and outcomes, nothing of a person. */
import type { SpanContext } from '@opentelemetry/api';
import type { Logger } from 'pino';
import type { DeliveryResult } from '../episode/commands.js';
import type { EpisodeState } from '../episode/state-types.js';
import type { Database } from '../ledger/database.js';
import { commandsAt, findEpisode } from '../ledger/reading/reading.js';
import type { WorkNames } from '../lib/log-lines.js';
import { isTracing, originOf, tellSpan } from '../lib/traces.js';
import type { AppendInput, DeliverInput } from '../workflows/contract.js';

/** The commands that the turn carried out: by them its lines are found from those of their requests. */
export const namesOfTurn = ({ chainId, applied }: AppendInput): WorkNames => ({
  episodeId: chainId,
  ...(applied.length > 0 && { commandIds: applied.map(({ commandId }) => commandId).join(' ') }),
});

/** A turn that was stored, once below each of its commands; one that nobody asked for begins a trace. */
export function tellTurn({ chainId, applied, entries }: AppendInput, startedAt: number): void {
  const turn = { name: 'turn', attributes: { episodeId: chainId, entries: entries.length }, startedAt };
  for (const { commandId } of applied) tellSpan(turn, { below: originOf(commandId) });
  if (applied.length === 0) tellSpan(turn, {});
}

/** Neither the contact nor the address: what a channel says of it is worded without them. */
export const tellDelivery = (log: Logger, message: string, one: DeliveryResult): void => {
  const { channel, outcome, fault, reason } = one;
  log[outcome === 'taken' ? 'debug' : 'info']({ message, channel, outcome, fault, reason }, 'delivery');
};

/** The commands that messages come from. What is about no command, such as a reminder, begins with its entry. */
export async function originsOf(
  database: Database,
  { episodeId, messages }: DeliverInput,
): Promise<ReadonlyMap<string, SpanContext>> {
  const state = isTracing() ? await findEpisode(database, episodeId) : undefined;
  if (!state) return new Map();
  const about = new Map(messages.map((message) => [message, seqOf(state, message)]));
  const commands = await commandsAt(database, episodeId, [...new Set(about.values())]);
  return new Map([...about].map(([message, seq]) => [message, originOf(commands.get(seq) ?? `${episodeId} ${seq}`)]));
}

/** The notice that it tells of, else the entry that it is about. */
function seqOf({ notices, messages }: EpisodeState, key: string): number {
  const { announces, about } = messages[key] ?? { announces: undefined, about: [0] };
  return notices.find(({ noticeId }) => noticeId === announces)?.seq ?? about[0]!;
}
