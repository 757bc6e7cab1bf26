/** Texts of a warning are issued, corrected, and missed while nobody issues them (§3.1.3 to §3.1.5). */
import { expect, test } from '@jest/globals';
import type { CommandBody, IssueTextCommand } from './commands.js';
import { adjustOf, Life, liftOf, startOf } from './testing/life.js';
import { textsToIssue } from './texts.js';
import { boardOf } from './views.js';

const DAY = '2026-01-10';
const issue = (more: Partial<IssueTextCommand> = {}): CommandBody => ({
  kind: 'issueText',
  noticeId: 'n1',
  audience: 'units',
  title: '关于启动黄色预警的通知',
  text: '各责任单位：\n现启动Ⅲ级应急响应。',
  ...more,
});
const forPublic = (more: Partial<IssueTextCommand> = {}) => issue({ audience: 'public', ...more });

const started = (drill = false): Life => {
  const life = new Life();
  const start = startOf(`${DAY} 14:00`) as Extract<CommandBody, { kind: 'start' }>;
  life.do(`${DAY} 14:00`, drill ? { ...start, drill: { timeScale: 1 } } : start);
  return life;
};
const missing = ({ state }: Life) => textsToIssue(state).map(({ noticeId, audience }) => `${noticeId} ${audience}`);

test('§3.1.3, §3.1.4: each text is issued by an entry, with its version and the clause', () => {
  const life = started();
  const paper = { hash: 'a'.repeat(64), name: '通知.docx', size: 9 };
  life.do(`${DAY} 14:10`, issue({ number: '水环委办〔2026〕3号', paper }));
  life.do(`${DAY} 14:11`, forPublic());
  const [units, people] = life.of('text.issued');
  expect(units).toMatchObject({
    clause: '3.1.3',
    data: { notice: 'n1', audience: 'units', version: 1, number: '水环委办〔2026〕3号', onPublicPages: false, paper },
  });
  expect(people).toMatchObject({ clause: '3.1.4', data: { audience: 'public', version: 1, onPublicPages: true } });
  expect(people!.data).not.toHaveProperty('number');
  expect(life.state.texts.n1).toMatchObject({
    units: { version: 1, seq: units!.seq },
    public: { version: 1, seq: people!.seq },
  });
});

test('issued again in other words it is the next version, and the record keeps both; the same is refused', () => {
  const life = started();
  life.do(`${DAY} 14:10`, issue());
  expect(life.do(`${DAY} 14:11`, issue())).toMatchObject({
    type: 'text-unchanged',
    detail: expect.stringContaining('第1版'),
  });
  life.do(`${DAY} 14:12`, issue({ number: '水环委办〔2026〕3号' }));
  life.do(`${DAY} 14:13`, issue({ number: '水环委办〔2026〕3号', text: '更正' }));
  // What it said first may be said again.
  life.do(`${DAY} 14:14`, issue());
  expect(life.of('text.issued').map(({ data }) => data.version)).toEqual([1, 2, 3, 4]);
  expect(life.state.texts.n1!.units!.version).toBe(4);
});

test('a text of a notice that there is none of, and one of a closed record, are refused', () => {
  const life = started();
  for (const noticeId of ['n2', 'constructor', ''])
    expect(life.do(`${DAY} 14:10`, issue({ noticeId }))).toMatchObject({ type: 'notice-unknown' });
  life.do(`${DAY} 15:00`, liftOf(`${DAY} 15:00`));
  expect(life.do(`${DAY} 15:01`, issue({ noticeId: 'n2' }))).toMatchObject({ status: 'accepted' });
  life.do(`${DAY} 16:00`, { kind: 'submitFollowUp', text: '报告' });
  life.do(`${DAY} 16:01`, { kind: 'saveReview', content: { conclusions: '好', planRevisionNeeded: false } });
  life.do(`${DAY} 16:02`, { kind: 'publishReview' });
  life.passTo('2026-01-11 16:00');
  expect(life.state.phase).toBe('closed');
  expect(life.do('2026-01-11 16:00', issue())).toMatchObject({ type: 'episode-closed' });
  expect(textsToIssue(life.state)).toEqual([]);
});

test('a drill is on public pages only where the office says so; a text for the units never is', () => {
  const life = started(true);
  life.do(`${DAY} 14:10`, forPublic());
  life.do(`${DAY} 14:11`, forPublic({ onPublicPages: true }));
  life.do(`${DAY} 14:12`, issue({ onPublicPages: true }));
  expect(life.of('text.issued').map(({ data }) => data.onPublicPages)).toEqual([false, true, false]);
});

test('what nobody has issued is known of each notice that counts', () => {
  const life = started();
  expect(missing(life)).toEqual(['n1 units', 'n1 public']);
  life.do(`${DAY} 14:10`, forPublic());
  life.do(`${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'orange', '2026-01-11 08:00'));
  life.do(`${DAY} 16:00`, adjustOf('N3', `${DAY} 16:00`, 'red'));
  // The second is overtaken by the third, and never takes effect.
  expect(missing(life)).toEqual(['n1 units', 'n3 units', 'n3 public']);
  expect(boardOf(life.state, life.state.head.episodeTime).textsToIssue).toEqual(textsToIssue(life.state));
  expect(missing(started(true))).toEqual(['n1 units']);
});
