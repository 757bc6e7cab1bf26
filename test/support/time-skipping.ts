/** Tests in which weeks pass in seconds. */
import { afterAll, describe } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { leaveOut } from './left-out.js';
import { createSkippedTime } from './skipped-time.js';

/**
 * Describes tests that need skipped time. `tests` gets the server for use inside its hooks and tests. Without a server
 * they are left out.
 */
export const describeWithSkippedTime = async (
  name: string,
  tests: (environment: () => TestWorkflowEnvironment) => void,
): Promise<void> => {
  let made: TestWorkflowEnvironment | undefined;
  const environment = (): TestWorkflowEnvironment => {
    if (made === undefined) throw new Error('there is no time-skipping server');
    return made;
  };
  try {
    made = await createSkippedTime();
  } catch (error) {
    leaveOut(name, error, () => tests(environment));
    return;
  }
  describe(name, () => {
    afterAll(() => {
      // A call of a test that timed out may still be tried again. Without its server it ends by itself; on a closed
      // connection it would throw into the next file of this process.
      environment().connection.close = async () => undefined;
      return environment().teardown();
    });
    tests(environment);
  });
};
