/** A person sends a message again: as it went, by another channel, or to one contact. */
import { byMailAlone } from '../../plan/rules/ways.js';
import type { Ways } from '../../plan/types.js';
import type { Actor, ResendCommand } from '../commands.js';
import { namedInEntries } from '../deadline-names.js';
import { isOpen } from '../due.js';
import type { EntryData } from '../entries.js';
import { readKey } from '../message-keys.js';
import { noticeIn, whyObsolete } from '../resends.js';
import { findUnit, namesOf, noticeOf } from '../state.js';
import type { EpisodeState } from '../state-types.js';
import { type Decision, draft, SYSTEM } from './decision.js';
import { refuse } from './refusals.js';

/** A person who has not read five messages has to be rung. */
const MOST = 5;

/** Whole, it takes the place of the one that still waits; by one channel or to one contact it goes besides. */
export function resend(state: EpisodeState, body: ResendCommand, actor: Actor): Decision {
  const { message: first, channel, contact } = body;
  const { to } = readKey(first);
  const unitId = to.kind === 'unit' ? to.unitId : undefined;
  if (unitId !== undefined && !findUnit(state, unitId)) return refuse('unitUnknown', state.binding.rules, { unitId });
  const isWhole = channel === undefined && contact === undefined;
  const waiting = state.messages[first];
  const isUnderWay = waiting?.attempt === 0 && waiting.waitsBecause === undefined && isWhole;
  if (isUnderWay || Object.values(state.messages).some(({ again }) => again?.of === first))
    return refuse('messageUnderWay', undefined, { message: first });
  const why = whyObsolete(state, unitId, body);
  if (why) return refuse('messageObsolete', undefined, { message: first, why });
  if ((state.resent[first] ?? 0) >= MOST) return refuse('resentTooOften', undefined, { message: first, most: MOST });
  const going = waysOf(state, body);
  if ('why' in going) return refuse('messageObsolete', undefined, { message: first, why: going.why });

  const key = [to.kind, ...(unitId === undefined ? [] : [unitId]), state.head.seq + 1].join(':');
  const data: EntryData['message.resent'] = {
    message: key,
    resends: first,
    about: body.about,
    to: to.kind,
    ...(body.whom && { whom: body.whom }),
    ...(contact === undefined ? {} : { contact }),
    ...going,
    ...matterOf(state, body),
  };
  const sent = draft('message.resent', actor, data, { unitId, clause: state.binding.rules.reachable });
  if (!isWhole || !waiting) return [sent];
  return [sent, draft('notification.withdrawn', SYSTEM, { messages: [first], reason: 'repeated' })];
}

/** The text of a notice that was acknowledged goes by mail alone: it wakes nobody. */
function waysOf(
  state: EpisodeState,
  { matter, channel, deadlines, ways, leadWays }: ResendCommand,
): Pick<EntryData['message.resent'], 'ways' | 'leadWays' | 'deadlines' | 'mailAlone'> | { why: string } {
  const open = deadlines.filter((one) => isOpen(state, one));
  const named = open.map((one) => ({
    ...namedInEntries(state, one),
    ...(one.unitId === undefined ? {} : { unitId: one.unitId }),
  }));
  const isAnswered = noticeIn(matter) !== undefined && deadlines.length > 0 && open.length === 0;
  if (isAnswered && channel !== undefined && channel !== 'email') return { why: '该单位已经确认，全文只再发邮件' };
  if (isAnswered) return { ways: mailIn(ways), deadlines: [], mailAlone: true };
  if (channel !== undefined) return { ways: [[channel]], deadlines: named };
  return { ways, ...(leadWays && { leadWays }), deadlines: named };
}

const mailIn = (ways: Ways): Ways => {
  const byMail = byMailAlone(ways);
  return byMail.length > 0 ? byMail : [['email']];
};

/** What withdraws it, when that is over. */
function matterOf(
  state: EpisodeState,
  { matter, deadlines }: ResendCommand,
): Pick<EntryData['message.resent'], 'announces' | 'suspensionId' | 'asks'> {
  if (!matter) return {};
  // A lifting that is not acknowledged announces nothing that a later notice could overtake.
  if ('noticeId' in matter) return deadlines.length > 0 ? { announces: namesOf(noticeOf(state, matter.noticeId)) } : {};
  if ('suspensionId' in matter) return { suspensionId: matter.suspensionId };
  if ('endAskedAt' in matter) return { asks: 'end' };
  return 'digestOf' in matter && matter.submittedBy === undefined ? { asks: { digestOf: matter.digestOf } } : {};
}
