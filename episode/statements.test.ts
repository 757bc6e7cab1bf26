/** Answers to the public (§5.2), and where its texts appeared (§3.1.4). */
import { expect, test } from '@jest/globals';
import type { CommandBody, IssueStatementCommand, NoteAppearanceCommand } from './commands.js';
import { Life, startOf } from './testing/life.js';

const DAY = '2026-01-10';
const statement = (more: Partial<IssueStatementCommand> = {}): CommandBody => ({
  kind: 'issueStatement',
  about: 'rumour',
  title: '关于“全区停水”的说明',
  text: '不属实。',
  ...more,
});
const appearance = (more: Partial<NoteAppearanceCommand> = {}): CommandBody => ({
  kind: 'noteAppearance',
  textId: 'n1-1',
  medium: '水区零距离',
  at: `${DAY}T14:20:00+08:00`,
  ...more,
});
const forPublic = (text: string): CommandBody => ({
  kind: 'issueText',
  noticeId: 'n1',
  audience: 'public',
  title: '公告',
  text,
});

function started(drill = false): Life {
  const life = new Life();
  const start = startOf(`${DAY} 14:00`) as Extract<CommandBody, { kind: 'start' }>;
  life.do(`${DAY} 14:00`, drill ? { ...start, drill: { timeScale: 1 } } : start);
  return life;
}

test('§5.2: a statement is an entry with the clause, and the public reads it', () => {
  const life = started();
  life.do(`${DAY} 15:00`, statement());
  expect(life.of('statement.issued')).toMatchObject([
    { clause: '5.2', data: { statementId: 't1', about: 'rumour', title: '关于“全区停水”的说明', onPublicPages: true } },
  ]);
});

test('in a drill the public reads it only if the office says so', () => {
  const life = started(true);
  life.do(`${DAY} 15:00`, statement());
  life.do(`${DAY} 15:01`, statement({ onPublicPages: true }));
  expect(life.of('statement.issued').map(({ data }) => data.onPublicPages)).toEqual([false, true]);
});

test('a correction takes the place of one that stands, once; the same words again are the same statement', () => {
  const life = started();
  life.do(`${DAY} 15:00`, statement());
  life.do(`${DAY} 15:01`, statement());
  life.do(`${DAY} 15:02`, statement({ text: '不属实，供水正常。', corrects: 't1' }));
  expect(life.of('statement.issued').map(({ data }) => [data.statementId, data.corrects])).toEqual([
    ['t1', undefined],
    ['t2', 't1'],
  ]);
  expect(life.state.statements[0]).toMatchObject({ correctedBy: 't2' });
  expect(life.do(`${DAY} 15:03`, statement({ text: '另一', corrects: 't1' }))).toMatchObject({
    type: 'statement-corrected',
    detail: expect.stringContaining('“t2”'),
  });
  expect(life.do(`${DAY} 15:04`, statement({ text: '另一', corrects: 't9' }))).toMatchObject({
    type: 'statement-unknown',
  });
});

test('§3.1.4: a text and a statement appear in a medium, each noted once', () => {
  const life = started();
  life.do(`${DAY} 14:10`, forPublic('一'));
  life.do(`${DAY} 14:15`, forPublic('二'));
  life.do(`${DAY} 15:00`, statement());
  life.do(`${DAY} 15:10`, appearance({ url: 'https://a.example/1', unitId: 'education' }));
  life.do(`${DAY} 15:11`, appearance({ url: 'https://a.example/1', unitId: 'education' }));
  life.do(`${DAY} 15:12`, appearance({ textId: 'n1-2' }));
  life.do(`${DAY} 15:13`, appearance({ textId: 't1' }));
  expect(life.of('appearance.noted').map(({ clause, unitId, data }) => [clause, unitId, data.textId])).toEqual([
    ['3.1.4', 'education', 'n1-1'],
    ['3.1.4', undefined, 'n1-2'],
    ['3.1.4', undefined, 't1'],
  ]);
});

test.each(['n1-3', 'n1-0', 'n1-01', 'n01-1', 'n2-1', 'n1', 't2', 't', '__proto__', 'n1-1-1', ''])(
  'nobody issued “%s” to the public',
  (textId) => {
    const life = started();
    life.do(`${DAY} 14:10`, forPublic('一'));
    life.do(`${DAY} 14:15`, forPublic('二'));
    life.do(`${DAY} 14:16`, statement());
    expect(life.do(`${DAY} 15:00`, appearance({ textId }))).toMatchObject({ type: 'text-unknown' });
  },
);

test('what is still to come has not appeared', () => {
  const life = started();
  life.do(`${DAY} 14:10`, forPublic('一'));
  expect(life.do(`${DAY} 14:15`, appearance())).toMatchObject({
    type: 'appearance-time',
    detail: expect.stringContaining('2026年1月10日14时20分'),
  });
});

test('of one text so many are noted and no more', () => {
  const life = started();
  life.do(`${DAY} 14:10`, forPublic('一'));
  for (let i = 1; i <= 100; i += 1) life.do(`${DAY} 15:00`, appearance({ medium: `媒体${i}` }));
  expect(life.do(`${DAY} 15:01`, appearance({ medium: '又一' }))).toMatchObject({ type: 'appearances-too-many' });
});
