/** Composes a message from entries, in the edition's words. Pure. */

import type { Recipient } from '../../episode/entries.js';
import { nameOf, startNotice } from '../../episode/state.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { Topic } from '../../plan/wording/events.js';
import type { DeskValues, FrameValues } from '../../plan/wording/frame.js';
import type { BarSubject } from '../../plan/wording/html.js';
import { type MessageWords, messageOf, renderTopic, type Topics } from '../../plan/wording/render.js';
import type { Messages } from '../../plan/wording/templates.js';
import { noticeName, timeBriefly, timeInWords } from '../../plan/wording/words.js';
import { stepTopics } from './chain.js';
import { circularTopics } from './circular.js';
import { levelInForce, levelUnlessLifted, levelValues } from './common-values.js';
import { digestTopics } from './digest.js';
import { submissionTopics } from './digest-submission.js';
import { endTopics } from './end.js';
import type { MessageInput } from './message-input.js';
import { noticeTopics } from './notice.js';
import { referralTopics } from './referral.js';
import { suspensionTopics } from './suspension.js';
import { taskTopics } from './tasks.js';
import { urgeTopics } from './urge.js';

/** What a recipient is told, without the link of a contact. */
export interface Telling {
  messages: Messages;
  topics: Topics;
  frame: FrameValues;
  standing: BarSubject;
  drill: boolean;
  /** The short words where a group is told of several units at once: with their names, and nothing that is one unit's. */
  shortFor(units: string): string;
}

/** The same with the link of a contact, where there is one. */
export interface LinkedTelling extends Telling {
  acknowledgeLink?: string | undefined;
}

export function tellingOf(recipient: Recipient, input: MessageInput): Telling {
  const { state, desk } = input;
  const { messages } = input.edition;
  const [first = somethingNew(input), ...rest] = topicsOf(input);
  const words = (topic: Topic) => renderTopic(messages, topic, desk);
  const shortFor = (units: string) => [first, ...rest].map((topic) => words(forSeveral(topic, units)).short).join('');
  return {
    shortFor,
    messages,
    topics: [words(first), ...rest.map(words)],
    frame: { ...frameValues(recipient, input), ...desk },
    standing: state.liftedAt === undefined && first.event !== 'lifting' ? first.level : 'over',
    drill: state.drill,
  };
}

/** What a unit does first differs from unit to unit. */
const OF_ONE_UNIT = { brief: '各单位的任务请登录查看。', resume: '各单位的恢复事项请登录查看。' };

function forSeveral(topic: Topic, units: string): Topic {
  const given = { unitName: units, units, ...OF_ONE_UNIT };
  const named = Object.entries(given).filter(([name]) => name in topic.values);
  return { ...topic, values: { ...topic.values, ...Object.fromEntries(named) } } as Topic;
}

/**
 * One message to a group of what several units are told. Units that are told the same are named in one sentence, so that
 * 33 of them fit: 33 messages would call for nobody.
 */
export function wordsForGroup(tellings: readonly [LinkedTelling, ...LinkedTelling[]]): MessageWords {
  if (!isOfSeveral(tellings)) return wordsTogether(tellings);
  const [first] = tellings;
  const told = new Map<string, { shortFor: Telling['shortFor']; units: Set<string> }>();
  for (const { shortFor, frame } of tellings) {
    const same = told.get(shortFor('')) ?? { shortFor, units: new Set() };
    told.set(shortFor(''), { ...same, units: same.units.add(frame.recipient) });
  }
  const short = [...told.values()].map((one) => one.shortFor([...one.units].join('、'))).join('');
  const [{ subject }] = first.topics;
  // A link to acknowledge is one unit's: each taps its own in its SMS or mail.
  const frame = { ...first.frame, recipient: '', acknowledgeLink: '' };
  const { messages, standing, drill } = first;
  return messageOf(messages, [{ subject, short, text: [], details: [] }], { frame, standing, drill });
}

/**
 * One message of what a person is told. Whoever answers for several units gets the topics of all; the same about the same
 * unit, because he has two roles in it, is told once.
 */
export function wordsTogether([first, ...others]: readonly [LinkedTelling, ...LinkedTelling[]]): MessageWords {
  const { messages, frame, standing, drill, acknowledgeLink = '' } = first;
  const told = new Set([nameOfTelling(first)]);
  const further = others.filter((one) => !told.has(nameOfTelling(one)) && told.add(nameOfTelling(one)));
  const units = new Map(
    further
      .filter((one) => one.frame.recipient !== frame.recipient)
      .map(({ frame: { recipient: name }, acknowledgeLink: link }) => [
        name,
        { name, ...(link === undefined ? {} : { acknowledgeLink: link }) },
      ]),
  );
  const topics: Topics = [...first.topics, ...further.flatMap((one) => one.topics)];
  return messageOf(messages, topics, {
    frame: { ...frame, acknowledgeLink },
    standing,
    drill,
    further: [...units.values()],
  });
}

export const isOfSeveral = ([first, ...others]: readonly [LinkedTelling, ...LinkedTelling[]]): boolean =>
  others.some(({ frame }) => frame.recipient !== first.frame.recipient);

const nameOfTelling = ({ frame, topics }: Telling): string =>
  [frame.recipient, ...topics.map(({ subject }) => subject)].join('\n');

/** The message to one recipient about the entries of the input; each contact has a link of its own. */
export function messageTo(recipient: Recipient, input: MessageInput): (acknowledgeLink?: string) => MessageWords {
  const telling = tellingOf(recipient, input);
  return (acknowledgeLink) => wordsTogether([{ ...telling, acknowledgeLink }]);
}

const topicsOf = (input: MessageInput): Topic[] => [
  ...noticeTopics(input),
  ...stepTopics(input),
  ...urgeTopics(input),
  ...taskTopics(input),
  ...suspensionTopics(input),
  ...referralTopics(input),
  ...circularTopics(input),
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

/**
 * The page for a recipient, which is that of every unit in this episode. The city has no account and so no page
 * (docs/design.md, "Who uses it").
 */
export function pageAddressOf(recipient: Recipient, { publicUrl, state }: MessageInput): string | undefined {
  const address = publicUrl.replace(/\/$/, '');
  const episode = encodeURIComponent(state.episodeId);
  if (recipient.kind === 'unit') return `${address}/u?episode=${episode}`;
  if (recipient.kind === 'media') return `${address}/public`;
  return recipient.kind === 'city' ? undefined : `${address}/episodes/${episode}/board`;
}
