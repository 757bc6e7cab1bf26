/** The office's duty desk, as everybody may see it (§6.1). */
import type { DeskValues } from '../../plan/wording/frame.js';
import type { Database } from '../database.js';
import type { ReferredContact } from './contacts.js';
import { recipientsOf } from './roster.js';

/** The recipients that the duty desk is read from. */
export const DUTY_DESK = { holder: 'office', whom: 'duty' } as const;

/**
 * The office's duty desk: the first person on duty with a telephone. Every recipient sees it, so a number for SMS is not
 * told.
 */
export function deskOf(onDuty: readonly ReferredContact[]): DeskValues {
  const person = onDuty.find(({ phone }) => phone !== undefined) ?? onDuty[0];
  return { officeDuty: person?.name ?? '', officePhone: person?.phone ?? '' };
}

/** `at`: for a drill in episode time. */
export async function dutyDesk(database: Database, at: number): Promise<DeskValues> {
  const [onDuty] = await recipientsOf(database, [DUTY_DESK], at);
  return deskOf(onDuty!);
}
