/** The warning as the unit that publishes it can put it out (§3.1.4). */
import { publicTextAt } from '../../plan/edition/public-text.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { ValuesOf } from '../../plan/wording/placeholders.js';
import type { notice } from '../../plan/wording/shared-placeholders.js';
import type { EntryOf, MessageInput } from './message-input.js';

export function publicationsOf(
  { unitId, data }: EntryOf<'unit.notified'>,
  { edition }: MessageInput,
): ValuesOf<typeof notice>['publications'] {
  if (!edition.plan.publicInformation.published.units.includes(unitId)) return [];
  const text = publicTextAt(edition, responseLevelOf(data.level));
  return [{ ...text, advice: text.advice.join('') }];
}
