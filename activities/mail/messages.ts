/** What a mail says. Pure: from what happened to a Chinese subject and text. */
import { nameOf } from '../../episode/state.js';
import type { Delivery } from '../../episode/types.js';
import { missedTopics } from './missed.js';
import { noticeTopics } from './notice.js';
import type { Letter, Story } from './story.js';

type Recipient = Delivery['to'];

/** The letter to one recipient about the story's entries; a drill is marked where it could be mistaken (§8.2). */
export function letterTo(recipient: Recipient, story: Story): Letter {
  const [first = SOMETHING_NEW, ...rest] = topicsOf(story);
  const text = [
    ...salutation(recipient, story),
    first.text,
    ...rest.map((topic) => topic.text),
    links(recipient, story).join('\n'),
  ].filter((part) => part !== '');
  const letter = { subject: first.subject, text: `${text.join('\n\n')}\n` };
  return story.state.drill ? marked(letter) : letter;
}

const topicsOf = (story: Story): Letter[] => [
  ...noticeTopics(story),
  ...missedTopics(story),
  ...followUpReports(story),
];

/** The office's own text goes to the city as it was written (§5.1). */
const followUpReports = ({ entries }: Story): Letter[] =>
  entries.flatMap((entry) =>
    entry.kind === 'follow-up.submitted' ? [{ subject: '重污染天气应急响应信息报送', text: entry.data.text }] : [],
  );

const SOMETHING_NEW: Letter = { subject: '重污染天气过程有新情况', text: '重污染天气过程有新情况，请登录查看。' };

const salutation = (recipient: Recipient, { state }: Story): string[] =>
  recipient.kind === 'unit' ? [`${nameOf(state, recipient.unitId)}：`] : [];

/** The city has no account, so no link (design, §1). */
function links(recipient: Recipient, { publicUrl, state, acknowledgeLink }: Story): string[] {
  const episode = `${publicUrl.replace(/\/$/, '')}/episodes/${encodeURIComponent(state.episodeId)}`;
  if (recipient.kind === 'office') return [`查看：${episode}`];
  if (recipient.kind === 'city') return [];
  return [
    ...(acknowledgeLink ? [`一键确认（无需登录）：${acknowledgeLink}`] : []),
    `办理：${episode}/units/${encodeURIComponent(recipient.unitId)}`,
  ];
}

const marked = ({ subject, text }: Letter): Letter => ({
  subject: `【演练】${subject}`,
  text: `【演练】本邮件用于应急演练，不是真实预警。\n\n${text}`,
});
