/** Has restorations told by the records themselves, once their episodes run again. */
import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { chainEndOf } from '../../ledger/chain/end.js';
import type { Database } from '../../ledger/database.js';
import { forgetRestoration, type NotedRestoration, notedRestorations } from '../../ledger/restorations.js';
import { chainWorkflowId, SUBMIT_UPDATE, type Submission, type SubmissionAnswer } from '../../workflows/contract.js';

interface Recording {
  database: Database;
  client: Client;
  log: Logger;
}

/** A run that does not answer must not keep the worker from looking after the others. */
const WITHIN_MS = 5_000;

/** What does not get through is tried again at the worker's next look; the command's id makes it one entry. */
export async function recordRestorations({ database, client, log }: Recording): Promise<void> {
  for (const noted of await notedRestorations(database)) {
    const { episodeId, restorationId } = noted;
    try {
      const { tail, isSealed } = await chainEndOf(database, episodeId);
      // Nothing is added to a sealed record, and one that could not be completed has none.
      if (tail.seq > 0 && !isSealed) await submit(client, noted);
      await forgetRestoration(database, restorationId);
    } catch (error) {
      log.warn({ episodeId, reason: String(error) }, 'a restoration is not in its record yet');
    }
  }
}

const submit = (client: Client, { episodeId, restorationId, restoration }: NotedRestoration): Promise<unknown> => {
  const commands: Submission['commands'] = [
    {
      commandId: `restoration ${restorationId}`,
      bodyHash: '',
      actor: { accountId: 'system', role: 'system' },
      body: { kind: 'recordRestoration', ...restoration },
    },
  ];
  return client.withDeadline(Date.now() + WITHIN_MS, () =>
    client.workflow
      .getHandle(chainWorkflowId(episodeId))
      .executeUpdate<SubmissionAnswer, [Submission]>(SUBMIT_UPDATE, { args: [{ commands }] }),
  );
};
