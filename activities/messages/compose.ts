/** Composes a message from entries, in the edition's words. Pure. */

import type { Recipient } from '../../episode/entries.js';
import { nameOf, startNotice } from '../../episode/state.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { DeskValues, FrameValues, Topic } from '../../plan/wording/events.js';
import { type MessageWords, messageOf, renderTopic } from '../../plan/wording/render.js';
import { noticeName, timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { stepTopics } from './chain.js';
import { levelInForce, levelUnlessLifted, levelValues } from './common-values.js';
import { digestTopics } from './digest.js';
import { submissionTopics } from './digest-submission.js';
import { endTopics } from './end.js';
import type { MessageInput } from './message-input.js';
import { noticeTopics } from './notice.js';
import { referralTopics } from './referral.js';
import { suspensionTopics } from './suspension.js';
import { taskTopics } from './tasks.js';

/** The message to one recipient about the entries of the input; each contact has a link of its own. */
export function messageTo(recipient: Recipient, input: MessageInput): (acknowledgeLink?: string) => MessageWords {
  const { state, desk } = input;
  const { messages } = input.edition;
  const [first = somethingNew(input), ...rest] = topicsOf(input);
  const words = (topic: Topic) => renderTopic(messages, topic, desk);
  const topics = [words(first), ...rest.map(words)] as const;
  const values = { ...frameValues(recipient, input), ...desk };
  const level = state.liftedAt === undefined && first.event !== 'lifting' ? first.level : undefined;
  return (acknowledgeLink = '') =>
    messageOf(messages, topics, { frame: { ...values, acknowledgeLink }, level, drill: state.drill });
}

const topicsOf = (input: MessageInput): Topic[] => [
  ...noticeTopics(input),
  ...stepTopics(input),
  ...taskTopics(input),
  ...suspensionTopics(input),
  ...referralTopics(input),
  ...digestTopics(input),
  ...submissionTopics(input),
  ...endTopics(input),
  ...followUpReports(input),
  ...abandonedDrills(input),
];

/** The office's own text goes to the city as it was written (§5.1). */
const followUpReports = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry) =>
    entry.kind === 'follow-up.submitted'
      ? [{ event: 'follow-up', level: levelInForce(input), values: followUpValues(entry.data.text, input) }]
      : [],
  );

const abandonedDrills = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry) =>
    entry.kind === 'drill.abandoned'
      ? [
          {
            event: 'drill-abandoned',
            level: levelInForce(input),
            values: {
              noticeNumber: noticeName(startNotice(input.state)),
              days: String(input.state.policy.abandonedDrillDays),
              idleSince: timeInWords(entry.data.idleSince),
            },
          },
        ]
      : [],
  );

function followUpValues(report: string, input: MessageInput) {
  const { liftedAt } = input.state;
  const startedAt = startNotice(input.state).effectiveAt;
  const time = (inWords: (iso: string) => string, at: number | undefined) =>
    at === undefined ? '' : inWords(beijingIso(at));
  return {
    ...levelValues(levelInForce(input)),
    district: input.edition.plan.edition.district,
    startedAt: time(timeInWords, startedAt),
    startedAtBrief: time(timeBriefly, startedAt),
    liftedAtBrief: time(timeBriefly, liftedAt),
    report,
  };
}

const somethingNew = (input: MessageInput): Topic => ({
  event: 'news',
  level: levelInForce(input),
  values: { levelName: levelUnlessLifted(input) },
});

function frameValues(recipient: Recipient, input: MessageInput): Omit<FrameValues, keyof DeskValues> {
  const page = pageAddressOf(recipient, input) ?? '';
  const isUnit = recipient.kind === 'unit';
  return {
    recipient: isUnit ? nameOf(input.state, recipient.unitId) : '',
    acknowledgeLink: '',
    workLink: isUnit ? page : '',
    viewLink: isUnit ? '' : page,
  };
}

/** The page for a recipient. The city has no account and so no page (docs/design.md, "Who uses it"). */
export function pageAddressOf(recipient: Recipient, { publicUrl, state }: MessageInput): string | undefined {
  const episode = `${publicUrl.replace(/\/$/, '')}/episodes/${encodeURIComponent(state.episodeId)}`;
  if (recipient.kind === 'unit') return `${episode}/units/${encodeURIComponent(recipient.unitId)}`;
  return recipient.kind === 'city' ? undefined : episode;
}
