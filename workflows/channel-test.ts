/** One message of a channel, to whoever tests it. A workflow, because only the workers have the channels. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { type ChannelTestAnswer, type ChannelTestInput, type EpisodeActivities, messageQueueOf } from './contract.js';

/** Tried once: somebody waits for the answer, and tries again himself. */
export const testChannel = (input: ChannelTestInput): Promise<ChannelTestAnswer> =>
  proxyActivities<EpisodeActivities>({
    taskQueue: messageQueueOf(workflowInfo().taskQueue),
    startToCloseTimeout: '10 seconds',
    retry: { maximumAttempts: 1 },
  }).testChannel(input);
