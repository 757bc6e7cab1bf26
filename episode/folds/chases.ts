/** The progress of the chain of each unmet deadline (plan/rules/chains.ts). */
import { hasStepLeft, remindersOf } from '../../plan/rules/chains.js';
import type { DeadlineKind } from '../../plan/types.js';
import type { Instant } from '../commands.js';
import { chaseKey, recipientOf, referenceOf } from '../deadline-names.js';
import type { TakenStep } from '../entries.js';
import { wholeChainOf } from '../policy.js';
import type { Chase, DeadlineReference, EpisodeState, Message, UnitState } from '../state-types.js';
import { without } from './messages.js';
import { changeUnit } from './units.js';

type Chases = UnitState['chases'];

/** The chains of these deadlines are over. */
export function withoutChases(chases: Chases, deadline: DeadlineKind, subjects: string[]): { chases: Chases } {
  const keys = subjects.map((subject) => chaseKey({ deadline, subject }));
  return { chases: keys.some((key) => key in chases) ? without(chases, keys) : chases };
}

interface Missed {
  deadline: DeadlineKind;
  subject?: string;
  dueAt: string;
}

/** Once a deadline is missed, only the steps after it remain; reminders are dropped. */
export function chased(
  state: EpisodeState,
  chases: Chases,
  { dueAt, ...missed }: Missed & { unitId?: string },
): { chases: Chases } {
  const steps = wholeChainOf(state, missed);
  const stepsTaken = Math.max(chases[chaseKey(missed)]?.stepsTaken ?? 0, remindersOf(steps));
  return { chases: advanced(state, chases, missed, { stepsTaken, missed: { dueAt: Date.parse(dueAt) } }) };
}

/** Forgets the chain of a missed deadline after its last step. */
function advanced(
  state: EpisodeState,
  chases: Chases,
  about: Pick<DeadlineReference, 'deadline' | 'unitId' | 'subject'>,
  chase: Chase,
): Chases {
  const key = chaseKey(about);
  const isOver =
    chase.missed &&
    !hasStepLeft(wholeChainOf(state, about), {
      ...chase,
      openedAt: chase.missed.dueAt,
      dueAt: chase.missed.dueAt,
      isMissed: true,
    });
  return isOver ? without(chases, [key]) : { ...chases, [key]: chase };
}

export function unitMissed(
  state: EpisodeState,
  missed: Missed,
  unitId: string,
  change: (unit: UnitState) => Partial<UnitState>,
): EpisodeState {
  return changeUnit(state, unitId, (unit) => ({
    ...change(unit),
    ...chased(state, unit.chases, { ...missed, unitId }),
  }));
}

/** Takes a step: advances the chain of each deadline and adds the message. */
export function stepTaken(
  state: EpisodeState,
  { to, deadlines, ways, message: key, fellThrough }: TakenStep,
  unitId: string | undefined,
  seq: number,
  now: Instant,
  isReminder: boolean,
): EpisodeState {
  const about = deadlines.map(({ stepsTaken, early, ...owed }) => ({
    ...referenceOf(owed, unitId),
    stepsTaken,
    early,
  }));
  const advance = (before: Chases) => ({
    chases: about.reduce<Chases>((chases, { early, ...one }) => {
      const chase = chases[chaseKey(one)];
      return advanced(state, chases, one, {
        ...chase,
        stepsTaken: Math.max(chase?.stepsTaken ?? 0, one.stepsTaken),
        ...(early === undefined ? {} : { early: [...(chase?.early ?? []), early] }),
      });
    }, before),
  });
  const further =
    unitId === undefined
      ? { ...state, ...advance(state.chases) }
      : changeUnit(state, unitId, ({ chases }) => advance(chases));
  const references = about.map(({ early: _, ...one }) => one);
  const before = further.messages[key];
  const message: Message = {
    key,
    to: recipientOf(to, unitId),
    about: [seq],
    attempt: 0,
    notBefore: now,
    settled: [],
    ways,
    deadlines: references,
    // A stand-in's message is kept after the deadline: it is not a mere reminder.
    ...(isReminder && !fellThrough ? { isReminder: true } : {}),
    ...(fellThrough ? { tried: fellThrough } : {}),
  };
  const longer: Message | undefined = before && {
    ...before,
    about: [...before.about, seq],
    deadlines: [...before.deadlines, ...references],
  };
  return { ...further, messages: { ...further.messages, [key]: longer ?? message } };
}
