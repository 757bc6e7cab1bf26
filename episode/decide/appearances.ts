/** Where and when the texts of the public appeared (§3.1.4). */
import { beijingIso } from '../../plan/rules/calendar.js';
import { timeInWords } from '../../plan/wording/words.js';
import type { Actor, Instant, NoteAppearanceCommand } from '../commands.js';
import { own } from '../state.js';
import type { EpisodeState } from '../state-types.js';
import { hashOfAppearance, isPublished } from '../texts.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

/** Of one text. The state keeps them all, and has to fit. */
const MOST_APPEARANCES = 100;

/** The same, told again, is that one. */
export function noteAppearance(
  state: EpisodeState,
  { kind: _, unitId, ...data }: NoteAppearanceCommand,
  actor: Actor,
  now: Instant,
): Decision {
  const { rules } = state.binding;
  const { textId } = data;
  if (!isPublished(state, textId)) return refuse('textUnknown', rules, { textId });
  if (Date.parse(data.at) > now)
    return refuse('appearanceTime', rules, { at: timeInWords(beijingIso(Date.parse(data.at))) });
  const known = own(state.appearances, textId) ?? [];
  const same = known.find(({ hash }) => hash === hashOfAppearance(data));
  if (same) return { repeats: same.seq };
  if (known.length >= MOST_APPEARANCES) return refuse('appearancesTooMany', rules, { textId, most: MOST_APPEARANCES });
  return [draft('appearance.noted', actor, data, { clause: rules.publishes, unitId })];
}
