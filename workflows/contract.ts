/** Names, ids and payloads of the workflows, for the API and for activities. Light: it imports types alone. */
import type { Command, MessageResult, Outcome } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import type { EpisodeState } from '../episode/state-types.js';
import type { Binding } from '../plan/types.js';

/** Where episodes run. Drills have a worker of their own: nothing they do can take a real episode's place. */
export const TASK_QUEUES = { episodes: 'qingkong', drills: 'qingkong-drills' } as const;
export const queueFor = (drill: boolean): string => (drill ? TASK_QUEUES.drills : TASK_QUEUES.episodes);
/** A killed worker's turn goes on elsewhere after this; the engine's default is 10 s. */
export const TASK_TIMEOUT = '5s';
/** Beside each queue of workflows, the queue of the activities that wait for other servers. */
export const messageQueueOf = (taskQueue: string): string => `${taskQueue}-messages`;
export const EPISODE_WORKFLOW = 'episode';
export const SUBMIT_UPDATE = 'submit';
export const STATE_QUERY = 'state';
/** Type of the rejection that means: nothing was taken, submit again to the next run in a moment. */
export const CONTINUING = 'continuing';

/** A batch through the gate: at most this many commands and bytes in one update. */
export const MAX_BATCH_COMMANDS = 100;
export const MAX_BATCH_BYTES = 500_000;
/** One command: with the entries it makes it has to fit into what the engine takes at once, 2 MiB. */
export const MAX_COMMAND_BYTES = 250_000;

export const episodeWorkflowId = (episodeId: string): string => `episode:${episodeId}`;

/** Arguments of the `episode` workflow; `state`, and earlier runs that are not archived yet, when a run goes on from others. */
export interface EpisodeInput {
  episodeId: string;
  state?: EpisodeState;
  unarchived?: string[];
}

/** Argument of the `submit` update; it answers one outcome for each command, in order. */
export interface Submission {
  commands: Command[];
}
export type SubmissionAnswer = Outcome[];

/** The input of one turn's append: enough to decide the turn again. */
export interface AppendInput {
  chainId: string;
  /** With the first entries of a chain only. */
  binding?: Binding;
  /** The turn's moment, real milliseconds since 1970. */
  now: number;
  commands: Command[];
  /** Messages whose outcome was still to come back: the seal waits for them. */
  underWay: string[];
  /** For each accepted command that made an entry: its number. */
  applied: Array<{ commandId: string; bodyHash: string; seq: number }>;
  entries: Entry[];
}

/** `refused`: another real episode is announced or active; nothing was stored. */
export type AppendResult = { status: 'stored' } | { status: 'refused'; type: 'episode-active' };

/** `messages`: keys. The activity reads the messages from the ledger, which has them before it is asked. */
export interface DeliverInput {
  episodeId: string;
  messages: string[];
}

export interface ArchiveInput {
  episodeId: string;
  runId: string;
}

export interface EpisodeActivities {
  bindEdition(): Promise<Binding>;
  append(input: AppendInput): Promise<AppendResult>;
  deliver(input: DeliverInput): Promise<MessageResult[]>;
  archive(input: ArchiveInput): Promise<void>;
  archiveClosed(): Promise<void>;
}

/** Workflows that run at an interval, whatever the episodes do. */
export const SCHEDULES = [
  { scheduleId: 'archive-closed', workflowType: 'archiveClosedEpisodes', every: '1 hour' },
] as const;
