/** Rolling broadcast (§3.1.4): the public text goes to the media at issue, again and again, and at the end. */
import { expect, test } from '@jest/globals';
import type { CommandBody, DeliveryResult, IssueTextCommand } from './commands.js';
import { resendOf, whyObsolete } from './resends.js';
import type { Message } from './state-types.js';
import { of } from './testing/entries-of.js';
import { adjustOf, binding, iso, Life, liftOf, type Post, startOf } from './testing/life.js';

const DAY = '2026-01-10';
const every = { yellow: 240, orange: 120, red: 60 };
const edition = { ...binding, policy: { ...binding.policy, broadcastEveryMinutes: every } };
const byWebhook: DeliveryResult[] = [{ contact: 'screen', contactHash: 'h', channel: 'webhook', outcome: 'taken' }];
const ill: DeliveryResult[] = [
  { contact: 'screen', contactHash: 'h', channel: 'webhook', outcome: 'deferred', fault: 'server', reason: '503' },
];
const toMedia = (result: DeliveryResult[]) => (message: Message) =>
  message.to.kind === 'media' ? result : [{ ...byWebhook[0]!, channel: 'email' as const }];

const issue = (more: Partial<IssueTextCommand> = {}): CommandBody => ({
  kind: 'issueText',
  noticeId: 'n1',
  audience: 'public',
  title: '关于启动黄色预警的公告',
  text: '请减少户外活动。',
  broadcast: true,
  ...more,
});

function started(level: 'yellow' | 'red' = 'yellow', post: Post = toMedia(byWebhook)): Life {
  const life = new Life(edition, post);
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, level));
  return life;
}
/** When the media were told, and of what. */
const told = (life: Life): string[] =>
  of(life.entries, 'text.issued', 'broadcast.repeated', 'broadcast.ended').flatMap(({ kind, data, episodeTime }) =>
    kind !== 'text.issued' || data.broadcast ? [`${episodeTime.slice(5, 16)} ${kind}`] : [],
  );
const messagesTo = (life: Life, kind: string) =>
  life.of('notification.sent').filter(({ data }) => data.to === kind && data.message.startsWith(`${kind}:`));

test('§3.1.4: the text goes to the media at issue, and again at the pause of the level, by night too', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  life.passTo('2026-01-11 02:30');
  expect(told(life)).toEqual([
    '01-10T14:10 text.issued',
    '01-10T18:10 broadcast.repeated',
    '01-10T22:10 broadcast.repeated',
    '01-11T02:10 broadcast.repeated',
  ]);
  expect(life.of('broadcast.repeated')[0]).toMatchObject({
    clause: '3.1.4',
    actor: { role: 'system' },
    data: { notice: 'n1', text: life.of('text.issued')[0]!.seq },
  });
  expect(messagesTo(life, 'media')).toHaveLength(4);
  expect(life.state.unreachable.media).toBeUndefined();
});

test('the pause is that of the level in force', () => {
  const life = started('red');
  life.do(`${DAY} 14:10`, issue());
  life.passTo(`${DAY} 16:20`);
  expect(told(life)).toHaveLength(3);
});

test('nobody is told what was not meant for the media, nor a text for the units', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue({ broadcast: false }));
  life.do(`${DAY} 14:11`, issue({ audience: 'units' }));
  life.do(`${DAY} 20:00`, liftOf(`${DAY} 20:00`));
  expect(told(life)).toEqual([]);
  expect(Object.values(life.state.messages).filter(({ to }) => to.kind === 'media')).toEqual([]);
});

test('the same words may go to the media after all', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue({ broadcast: false }));
  expect(life.do(`${DAY} 14:11`, issue())).toMatchObject({ status: 'accepted' });
  expect(life.do(`${DAY} 14:12`, issue())).toMatchObject({ type: 'text-unchanged' });
});

test('after an outage it is said once, and then at its pause', () => {
  const life = started('red');
  life.do(`${DAY} 14:10`, issue());
  life.take(Date.parse(iso(`${DAY} 20:00`)), []);
  life.passTo(`${DAY} 21:30`);
  expect(told(life)).toEqual([
    '01-10T14:10 text.issued',
    '01-10T20:00 broadcast.repeated',
    '01-10T21:00 broadcast.repeated',
  ]);
});

test('at the lifting it stops with one last word, in the edition’s words where no text of the lifting is issued', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  life.do(`${DAY} 17:00`, liftOf(`${DAY} 17:00`));
  life.passTo('2026-01-11 14:00');
  expect(told(life)).toEqual(['01-10T14:10 text.issued', '01-10T17:00 broadcast.ended']);
  expect(life.of('broadcast.ended')[0]!.data).not.toHaveProperty('text');
  expect(life.state.broadcast).toBeUndefined();
  // Its text, issued afterwards, is told once.
  life.do('2026-01-11 14:10', issue({ noticeId: 'n2', title: '关于解除的公告' }));
  life.passTo('2026-01-12 14:00');
  expect(told(life)).toHaveLength(3);
});

test('a text of the lifting that is issued before its effect is repeated until then, and is the last word', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  life.do(`${DAY} 15:00`, liftOf(`${DAY} 15:00`, `${DAY} 20:00`));
  life.do(`${DAY} 15:10`, issue({ noticeId: 'n2', title: '关于解除的公告' }));
  life.passTo(`${DAY} 21:00`);
  expect(told(life)).toEqual([
    '01-10T14:10 text.issued',
    '01-10T15:10 text.issued',
    '01-10T19:10 broadcast.repeated',
    '01-10T20:00 broadcast.ended',
  ]);
  expect(life.of('broadcast.ended')[0]!.data.text).toBe(life.of('text.issued')[1]!.seq);
});

test('lifted before it took effect, the media are told that too', () => {
  const life = new Life(edition, toMedia(byWebhook));
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', '2026-01-11 08:00'));
  life.do(`${DAY} 14:10`, issue());
  life.do(`${DAY} 16:00`, liftOf(`${DAY} 16:00`));
  expect(told(life)).toEqual(['01-10T14:10 text.issued', '01-10T16:00 broadcast.ended']);
});

test('while a later notice is in force whose text nobody has issued, nothing is repeated; what is overtaken is never told', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  life.do(`${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'orange'));
  life.passTo(`${DAY} 19:30`);
  expect(told(life)).toEqual(['01-10T14:10 text.issued']);
  life.do(`${DAY} 20:00`, issue({ text: '更正。' }));
  expect(told(life)).toHaveLength(1);
  expect(life.of('text.issued')).toHaveLength(2);
  life.do(`${DAY} 21:00`, issue({ noticeId: 'n2', title: '关于橙色预警的公告' }));
  life.passTo(`${DAY} 23:30`);
  expect(told(life).slice(1)).toEqual(['01-10T21:00 text.issued', '01-10T23:00 broadcast.repeated']);
});

test('a correction takes its place; one that is not for the media ends the repeating, and the last word follows', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  life.do(`${DAY} 15:00`, issue({ text: '更正。' }));
  life.passTo(`${DAY} 19:30`);
  expect(life.of('broadcast.repeated').map(({ data }) => data.text)).toEqual([life.of('text.issued')[1]!.seq]);
  life.do(`${DAY} 20:00`, issue({ broadcast: false, text: '只登网页。' }));
  life.passTo('2026-01-11 13:00');
  expect(life.of('broadcast.repeated')).toHaveLength(1);
  life.do('2026-01-11 14:00', liftOf('2026-01-11 14:00'));
  expect(life.of('broadcast.ended')).toHaveLength(1);
});

test('an endpoint that is ill is waited for, and gets the newest alone when it is well', () => {
  let answer = ill;
  const life = started('red', (message: Message) => toMedia(answer)(message));
  life.do(`${DAY} 14:10`, issue());
  life.passTo(`${DAY} 16:20`);
  const waiting = Object.values(life.state.messages).filter(({ to }) => to.kind === 'media');
  const [, last] = life.of('broadcast.repeated');
  expect(waiting.map(({ key }) => key)).toEqual([`media:${last!.seq}`]);
  expect(life.of('notification.withdrawn').map(({ data }) => data.reason)).toEqual(['repeated', 'repeated']);
  expect(life.of('notification.failed').filter(({ data }) => data.to === 'media')).toEqual([]);
  answer = byWebhook;
  life.passTo(`${DAY} 17:05`);
  expect(messagesTo(life, 'media').map(({ data }) => data.message)).toEqual([`media:${last!.seq}`]);
});

test('no media: each failure says so, and the office sees it', () => {
  const nobody: DeliveryResult[] = [
    { contact: 'none', contactHash: '', channel: 'none', outcome: 'failed', reason: 'no-contact' },
  ];
  const life = started('yellow', toMedia(nobody));
  life.do(`${DAY} 14:10`, issue());
  expect(life.state.unreachable.media).toMatchObject({ reason: 'no-contact' });
});

test('§8.2 a drill that nobody touches is over for the media too', () => {
  const life = new Life(edition, toMedia(byWebhook));
  const start = startOf(`${DAY} 14:00`) as Extract<CommandBody, { kind: 'start' }>;
  life.do(`${DAY} 14:00`, { ...start, drill: { timeScale: 1, policy: { abandonedDrillDays: 8 } } });
  life.do(`${DAY} 14:10`, issue());
  life.passTo('2026-02-10 14:00');
  const abandoned = life.of('drill.abandoned')[0]!;
  expect(life.of('broadcast.repeated').every(({ seq }) => seq < abandoned.seq)).toBe(true);
  expect(life.state.phase).toBe('closed');
});

test('what is overtaken is not sent again', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  const [issued] = life.of('text.issued');
  const again = resendOf(life.state, `media:${issued!.seq}`, [issued!])!;
  expect(whyObsolete(life.state, undefined, again)).toBeUndefined();
  life.do(`${DAY} 17:00`, liftOf(`${DAY} 17:00`));
  expect(whyObsolete(life.state, undefined, again)).toBe('应急响应已经终止');
});
