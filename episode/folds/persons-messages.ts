/** Messages that a person asks for: a unit is urged, and a message is sent again. */
import type { Instant } from '../commands.js';
import { chaseKey, referenceOf } from '../deadline-names.js';
import type { Entry } from '../entries.js';
import type { DeadlineReference, EpisodeState, Message } from '../state-types.js';
import { addMessage } from './messages.js';
import { changeUnit } from './units.js';

const about = (owed: Parameters<typeof referenceOf>[0], unitId?: string): DeadlineReference => ({
  ...referenceOf(owed, unitId),
  stepsTaken: 0,
});

export function unitUrged(
  state: EpisodeState,
  { unitId, seq, data }: Extract<Entry, { kind: 'unit.urged' }>,
  now: Instant,
): EpisodeState {
  const noted = changeUnit(state, unitId, ({ urges = {} }) => ({
    urges: {
      ...urges,
      ...Object.fromEntries(
        data.about.map((owed) => {
          const key = chaseKey(referenceOf(owed, unitId));
          const count = (urges[key]?.count ?? 0) + 1;
          return [key, { count, at: now, seq }];
        }),
      ),
    },
  }));
  const deadlines = data.about.map((owed) => about(owed, unitId));
  return addMessage(noted, `unit:${unitId}:${seq}`, { kind: 'unit', unitId }, seq, now, { deadlines, urged: true });
}

export function resentMessage(
  state: EpisodeState,
  { unitId, at, data }: Extract<Entry, { kind: 'message.resent' }>,
  now: Instant,
): EpisodeState {
  const { message: key, resends, to: kind, whom, contact, ways, leadWays, announces, suspensionId, asks } = data;
  const to = kind === 'unit' ? { kind, unitId: unitId!, ...(whom && { whom }) } : { kind };
  const message: Message = {
    key,
    to,
    about: data.about as Message['about'],
    attempt: 0,
    notBefore: now,
    settled: [],
    ways,
    ...(leadWays && { leadWays }),
    deadlines: data.deadlines.map((owed) => about(owed)),
    again: { of: resends, at: Date.parse(at), ...(contact === undefined ? {} : { contact }) },
    ...(announces && { announces: announces.noticeId }),
    ...(suspensionId === undefined ? {} : { suspensionId }),
    ...(asks && { asks }),
    ...(data.mailAlone && { mailAlone: true as const, reached: true as const }),
  };
  return {
    ...state,
    messages: { ...state.messages, [key]: message },
    resent: { ...state.resent, [resends]: (state.resent[resends] ?? 0) + 1 },
  };
}
