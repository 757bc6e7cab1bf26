/** Names, ids and payloads of the workflows, for the API and for activities. Light: it imports little but types. */

import type { DistrictState } from '../district/entries.js';
import { DISTRICT_CHAIN } from '../district/state.js';
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
export const TASK_TIMEOUT = '4s';
/** The queue of the activities that wait for other servers, one beside each queue of workflows. */
export const messageQueueOf = (taskQueue: string): string => `${taskQueue}-messages`;
export const EPISODE_WORKFLOW = 'episode';
export const DISTRICT_WORKFLOW = 'districtChain';
export const SUBMIT_UPDATE = 'submit';
export const STATE_QUERY = 'state';
/** Type of the rejection after which the sender tries the next run: nothing was taken. */
export const CONTINUING = 'continuing';

/** The largest batch of the gate, for one update. */
export const MAX_BATCH_COMMANDS = 100;
export const MAX_BATCH_BYTES = 500_000;
/** The largest command. With its entries it has to fit into the 2 MiB of one payload. */
export const MAX_COMMAND_BYTES = 250_000;

const OF_EPISODE = 'episode:';

/** A chain is run by the workflow of this id. */
export const chainWorkflowId = (chainId: string): string =>
  chainId === DISTRICT_CHAIN ? DISTRICT_CHAIN : `${OF_EPISODE}${chainId}`;
export const chainIdOf = (workflowId: string): string =>
  workflowId === DISTRICT_CHAIN ? DISTRICT_CHAIN : workflowId.slice(OF_EPISODE.length);
/** Of the workflow that runs a chain. */
export const workflowTypeOf = (chainId: string): string =>
  chainId === DISTRICT_CHAIN ? DISTRICT_WORKFLOW : EPISODE_WORKFLOW;

/** Argument of a chain's workflow. A run goes on from `state`: of a new chain, of the run before, of the ledger. */
export interface ChainInput<State> {
  state: State;
  /** Earlier runs that are not archived yet. */
  unarchived?: string[];
}
export type DistrictInput = ChainInput<DistrictState>;

export type EpisodeInput = ChainInput<EpisodeState>;

/** Argument of the `submit` update, which answers one outcome for each command, in order. */
export interface Submission<C = Command> {
  commands: C[];
}
export type SubmissionAnswer = Outcome[];

/** The input of one turn's append: enough to decide the turn again. */
export interface AppendInput<C = Command, E = Entry> {
  chainId: string;
  /** Given with the first entries of a chain only. */
  binding?: Binding;
  /** Moment of the turn, in real milliseconds. */
  now: number;
  commands: C[];
  /** Messages whose outcome is still to come. The seal waits for them. */
  underWay: string[];
  /** The number of the entry of each accepted command that made one. */
  applied: Array<{ commandId: string; bodyHash: string; seq: number }>;
  entries: E[];
}

/** `refused`: another real episode is announced or active, and nothing was stored. */
export type AppendResult = { status: 'stored' } | { status: 'refused'; type: 'episode-active' };

/** `messages` are keys. The activity reads the messages from the ledger, which has them before. */
export interface DeliverInput {
  episodeId: string;
  messages: string[];
}

/** A published review whose revisions go to the district's chain. */
export interface HandOverInput {
  episodeId: string;
  /** Of the entry that has its words. */
  seq: number;
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
  handOverRevisions(input: HandOverInput): Promise<void>;
  archiveClosed(): Promise<void>;
  testChannel(input: ChannelTestInput): Promise<ChannelTestAnswer>;
}

/** Workflows that run at an interval, whatever the episodes do. */
export const SCHEDULES = [
  { scheduleId: 'archive-closed', workflowType: 'archiveClosedEpisodes', every: '1 hour' },
] as const;
