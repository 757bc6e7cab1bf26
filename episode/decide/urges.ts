/** A person presses units about what they still owe. No machine does: its steps are chains. */
import { beijingIso, MINUTE } from '../../plan/rules/calendar.js';
import { timeBriefly } from '../../plan/wording/words.js';
import type { Actor, CommandBody, Instant, UnitDeadline } from '../commands.js';
import { chaseKey, deadlineInWords, namedInEntries } from '../deadline-names.js';
import { type Owed, owedBy } from '../owed.js';
import { findUnit, nameOf } from '../state.js';
import type { EpisodeState, UnitState } from '../state-types.js';
import { type Decision, draft } from './decision.js';
import { refuse } from './refusals.js';

/**
 * Each unit is urged about what is open for it of what is named; without a subject, about all of that kind. A unit for which
 * nothing is open, or that was urged about the same a moment ago, refuses the whole, so that the office knows whom it urges.
 */
export function urge(
  state: EpisodeState,
  { unitIds, about, text }: Extract<CommandBody, { kind: 'urge' }>,
  actor: Actor,
  now: Instant,
): Decision {
  const { rules } = state.binding;
  const urged: Array<{ unit: UnitState; owed: Owed[] }> = [];
  for (const unitId of unitIds) {
    const unit = findUnit(state, unitId);
    if (!unit) return refuse('unitUnknown', rules, { unitId });
    const owed = owedBy(state, unit, now).filter((one) => about.some((asked) => names(asked, one)));
    const name = nameOf(state, unitId);
    if (owed.length === 0) return refuse('nothingOpen', rules, { name, what: about.map(deadlineInWords).join('、') });
    const pause = state.policy.urgeAgainMinutes * MINUTE;
    const recent = owed.find((one) => (unit.urges?.[chaseKey(one)]?.at ?? Number.NEGATIVE_INFINITY) + pause > now);
    if (recent) {
      const { at } = unit.urges![chaseKey(recent)]!;
      const times = { at: timeBriefly(beijingIso(at)), from: timeBriefly(beijingIso(at + pause)) };
      return refuse('urgedRecently', rules, { name, what: deadlineInWords(recent), ...times });
    }
    urged.push({ unit, owed });
  }
  return urged.map(({ unit: { unitId }, owed }) =>
    draft(
      'unit.urged',
      actor,
      {
        about: owed.map((one) => ({ ...namedInEntries(state, one), dueAt: beijingIso(one.dueAt) })),
        ...(text === undefined ? {} : { text }),
      },
      { unitId, clause: rules.reachable },
    ),
  );
}

const names = (asked: UnitDeadline, { deadline, subject }: Owed): boolean =>
  asked.deadline === deadline && (asked.subject === undefined || asked.subject === subject);
