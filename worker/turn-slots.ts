/** How many turns a worker takes at once. */
import type { CustomSlotSupplier, WorkflowSlotInfo } from '@temporalio/worker';
import { Semaphore } from 'async-mutex';

/**
 * Turns of runs that the worker has in memory go on many at once (`known`). Any other run is replayed first, and replays that go on
 * at once all take as long as they take together, while each has to end within its task's time-out: so they are few (`unknown`).
 */
export function turnSlots(places: { known: number; unknown: number }): CustomSlotSupplier<WorkflowSlotInfo> {
  const known = new Semaphore(places.known);
  const unknown = new Semaphore(places.unknown);
  const placesFor = ({ isSticky }: { isSticky: boolean }) => (isSticky ? known : unknown);
  return {
    type: 'custom',
    async reserveSlot(context, signal) {
      const semaphore = placesFor(context);
      await semaphore.acquire();
      if (!signal.aborted) return semaphore;
      semaphore.release();
      throw signal.reason;
    },
    tryReserveSlot(context) {
      const semaphore = placesFor(context);
      if (semaphore.isLocked()) return null;
      void semaphore.acquire();
      return semaphore;
    },
    markSlotUsed: () => undefined,
    releaseSlot: ({ permit }) => (permit as Semaphore).release(),
  };
}
