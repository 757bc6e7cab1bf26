/** Names, ids and payloads of the workflows, for the API and for activities. Light: it imports types alone. */
import type { Command, DeliveryResult, MessageResult, Outcome, PersonalReference } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import type { Blame } from '../episode/faults.js';
import type { EpisodeState } from '../episode/state-types.js';
import type { Binding, Channel } from '../plan/types.js';

/**
 * Task queues of episodes. Drills have workers of their own, so that nothing they do can take a real episode's place.
 */
export const TASK_QUEUES = { episodes: 'qingkong', drills: 'qingkong-drills' } as const;
export const queueFor = (drill: boolean): string => (drill ? TASK_QUEUES.drills : TASK_QUEUES.episodes);
/** Time after which another worker takes over a killed worker's turn. The engine's default is 10 s. */
export const TASK_TIMEOUT = '5s';
/** The queue of the activities that wait for other servers, one beside each queue of workflows. */
export const messageQueueOf = (taskQueue: string): string => `${taskQueue}-messages`;
export const EPISODE_WORKFLOW = 'episode';
export const SUBMIT_UPDATE = 'submit';
export const STATE_QUERY = 'state';
/** Type of the rejection after which the sender tries the next run: nothing was taken. */
export const CONTINUING = 'continuing';

/** The largest batch of the gate, for one update. */
export const MAX_BATCH_COMMANDS = 100;
export const MAX_BATCH_BYTES = 500_000;
/** The largest command. With its entries it has to fit into the 2 MiB of one payload. */
export const MAX_COMMAND_BYTES = 250_000;

export const episodeWorkflowId = (episodeId: string): string => `episode:${episodeId}`;

/** Argument of the `episode` workflow. A run goes on from `state`: of a new episode, of the run before, of the ledger. */
export interface EpisodeInput {
  state: EpisodeState;
  /** Earlier runs that are not archived yet. */
  unarchived?: string[];
}

/** Argument of the `submit` update, which answers one outcome for each command, in order. */
export interface Submission {
  commands: Command[];
}
export type SubmissionAnswer = Outcome[];

/** The input of one turn's append: enough to decide the turn again. */
export interface AppendInput {
  chainId: string;
  /** Given with the first entries of a chain only. */
  binding?: Binding;
  /** Moment of the turn, in real milliseconds. */
  now: number;
  commands: Command[];
  /** Messages whose outcome is still to come. The seal waits for them. */
  underWay: string[];
  /** The number of the entry of each accepted command that made one. */
  applied: Array<{ commandId: string; bodyHash: string; seq: number }>;
  entries: Entry[];
}

/** `refused`: another real episode is announced or active, and nothing was stored. */
export type AppendResult = { status: 'stored' } | { status: 'refused'; type: 'episode-active' };

/** `messages` are keys. The activity reads the messages from the ledger, which has them before. */
export interface DeliverInput {
  episodeId: string;
  messages: string[];
}

export interface ArchiveInput {
  episodeId: string;
  runId: string;
}

export const CHANNEL_TEST_WORKFLOW = 'testChannel';

/** The address is kept beside, by reference: none enters a history of the engine. */
export interface ChannelTestInput {
  channel: Channel;
  address: PersonalReference;
}

export interface ChannelTestAnswer {
  outcome: DeliveryResult['outcome'];
  reason?: string;
  fault?: Blame;
  awaitsReceipt?: true;
}

export interface EpisodeActivities {
  append(input: AppendInput): Promise<AppendResult>;
  deliver(input: DeliverInput): Promise<MessageResult[]>;
  archive(input: ArchiveInput): Promise<void>;
  archiveClosed(): Promise<void>;
  testChannel(input: ChannelTestInput): Promise<ChannelTestAnswer>;
}

/** Workflows that run at an interval, whatever the episodes do. */
export const SCHEDULES = [
  { scheduleId: 'archive-closed', workflowType: 'archiveClosedEpisodes', every: '1 hour' },
] as const;
