/** The activities that an episode calls, one proxy for each kind of risk. */
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import { type EpisodeActivities, messageQueueOf } from './contract.js';

// The database. Short: a killed worker's turn goes on elsewhere only after the time-out. For ever: a person waits for
// the answer, and nothing may be lost.
export const { append } = proxyActivities<EpisodeActivities>({
  startToCloseTimeout: '4 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
});

/** Activities that wait for other servers run on a queue of their own: they can never take an append's place. */
const onMessageQueue = () => ({ taskQueue: messageQueueOf(workflowInfo().taskQueue) });

// Mail servers. Long, but a heartbeat tells within seconds that the worker is gone. Failures of single messages come
// back as results; only the loss of the worker is retried here.
export const deliver: EpisodeActivities['deliver'] = (input) =>
  proxyActivities<EpisodeActivities>({
    ...onMessageQueue(),
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  }).deliver(input);

// The district's chain, which may be without a run for a while. The seal waits for it, and nobody else does.
export const handOverRevisions: EpisodeActivities['handOverRevisions'] = (input) =>
  proxyActivities<EpisodeActivities>({
    ...onMessageQueue(),
    startToCloseTimeout: '30 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
  }).handOverRevisions(input);

// The engine's own history. Nothing waits for it, so it may take its time.
export const archive: EpisodeActivities['archive'] = (input) =>
  proxyActivities<EpisodeActivities>({
    ...onMessageQueue(),
    startToCloseTimeout: '2 minutes',
    retry: { initialInterval: '10 seconds', maximumInterval: '10 minutes' },
  }).archive(input);
