/** Views of an episode's suspensions. */
import { beijingIso } from '../plan/rules/calendar.js';
import type { OrderCited, SuspendedItems } from './commands.js';
import type { SuspensionState } from './state-types.js';

export interface SuspensionView {
  suspensionId: string;
  /** The entry that ordered it. */
  seq: number;
  items: SuspendedItems;
  unitIds?: string[];
  from: string;
  until?: string;
  reason: string;
  notice?: OrderCited;
  status: SuspensionState['status'];
  ended?: { at: string; by: 'order' | 'time' | 'measures-ended' | 'lifting'; reason?: string; notice?: OrderCited };
}

/** The suspension that holds a task, or all of a unit. */
export type HeldView = Pick<SuspensionView, 'suspensionId' | 'from' | 'until' | 'reason'>;

export function suspensionView({ from, until, order, ended, ...one }: SuspensionState): SuspensionView {
  return {
    ...one,
    ...spanInWords({ from, until }),
    ...(order && { notice: order }),
    ...(ended && { ended: endView(ended) }),
  };
}

const endView = ({ at, order, ...how }: NonNullable<SuspensionState['ended']>) => ({
  ...how,
  at: beijingIso(at),
  ...(order && { notice: order }),
});

export const heldView = ({ suspensionId, reason, ...span }: SuspensionState): HeldView => ({
  suspensionId,
  ...spanInWords(span),
  reason,
});

const spanInWords = ({ from, until }: { from: number; until?: number | undefined }) => ({
  from: beijingIso(from),
  ...(until === undefined ? {} : { until: beijingIso(until) }),
});
