import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { CommandBody, DeliveryResult } from '../../episode/commands.js';
import { digestOf } from '../../episode/digest.js';
import type { Entry, EntryKind } from '../../episode/entries.js';
import type { Message } from '../../episode/state-types.js';
import { at, binding, Life, liftOf, OFFICE, reportOf, startOf } from '../../episode/testing/life.js';
import { desk, shippedWords } from '../testing/life.js';
import { messageTo } from './compose.js';
import type { Announcement } from './message-input.js';

const START = '2026-01-10 14:00';
const NOT_REACHED: DeliveryResult[] = [
  { contact: 'none', contactHash: 'h', channel: 'none', outcome: 'failed', reason: 'no-contact' },
];

const living = (post?: (message: Message) => DeliveryResult[]): Life => {
  const life = new Life(binding, post);
  life.do(START, startOf(START));
  return life;
};

/** The message for the last entry of this kind, as sent at once. */
function lastMessageOf(life: Life, kind: EntryKind, is: (entry: Entry) => boolean = () => true) {
  const entry = life.entries.findLast((one) => one.kind === kind && is(one))!;
  const key = 'message' in entry.data ? entry.data.message : undefined;
  const about = key
    ? life.entries.filter((one) => one.kind === kind && 'message' in one.data && one.data.message === key)
    : [entry];
  const to = 'to' in entry.data && entry.data.to !== 'duty' && entry.data.to !== 'lead' ? entry.data.to : undefined;
  const digests = new Map(
    life.of('digest.compiled').map(({ data }) => [data.date, digestOf(life.state, data.date, [])]),
  );
  const recipient = to
    ? ({ kind: to } as Message['to'])
    : entry.unitId
      ? ({ kind: 'unit', unitId: entry.unitId } as const)
      : ({ kind: 'office' } as const);
  return messageTo(recipient, {
    publicUrl: 'https://qingkong.example',
    state: life.state,
    entries: about,
    announcements: life.entries.filter((one): one is Announcement => one.kind === 'warning.issued'),
    now: Date.parse(entry.episodeTime),
    circulars: new Map(),
    digests,
    texts: new Map(),
    textOf: (taskId) => life.of('task.added').find(({ data }) => data.taskId === taskId)?.data.text ?? '停止土石方作业',
    edition: shippedWords,
    desk,
    toRing: new Map([['street-b', '丁值班 0991-4690002']]),
  })();
}

const to = (whom: string) => (entry: Entry) => 'to' in entry.data && entry.data.to === whom;

describe('steps about deadlines that nobody has met', () => {
  test('§3.1.3 a reminder says what, by when, and how long there is left', () => {
    const life = living();
    life.passTo('2026-01-10 14:21');
    const { subject, text, short } = lastMessageOf(life, 'deadline.reminded');
    expect(subject).toBe('【提醒】确认通知（N1）还有10分钟到期');
    expect(text).toContain('乙街道办事处：');
    expect(text).toContain('确认通知（N1），应于2026年1月10日14时30分前完成（预案3.1.3）。');
    expect(short).toMatch(/^黄色预警·Ⅲ级响应，乙街道办事处确认通知（N1）还有10分钟到期/);
  });

  test('of two deadlines in one message the earlier gives the time', () => {
    const life = living();
    const dueAt = '2026-01-10T15:10:00+08:00';
    life.do('2026-01-10 14:01', { kind: 'addTask', unitIds: ['street-b'], text: '加密巡查', dueAt });
    // Off from 14:05 on: by 14:25 both reminders are due.
    life.take(at('2026-01-10 14:25'), []);
    const { subject, text } = lastMessageOf(life, 'deadline.reminded', ({ unitId }) => unitId === 'street-b');
    expect(subject).toBe('【提醒】确认通知（N1）还有5分钟到期');
    expect(text).toContain('应于2026年1月10日15时10分前完成');
  });

  test('after the deadline the unit is told to make up for it, and those above are told of all units at once', () => {
    const life = living();
    life.passTo('2026-01-10 14:31');
    expect(lastMessageOf(life, 'deadline.escalated', to('lead')).subject).toBe(
      '【逾期】确认通知（N1）未按时完成，请立即补办',
    );
    const office = lastMessageOf(life, 'deadline.escalated', to('office'));
    expect(office.subject).toBe('【逾期】3个责任单位未按时完成');
    expect(office.text).toContain('3个单位未完成：区教育局、甲街道办事处、乙街道办事处');
  });

  test('a deadline met since the entry is left out', () => {
    const life = living();
    life.passTo('2026-01-10 14:31');
    life.do('2026-01-10 14:32', { kind: 'acknowledge', unitId: 'street-a' });
    expect(lastMessageOf(life, 'deadline.escalated', to('office')).text).toContain(
      '2个单位未完成：区教育局、乙街道办事处',
    );
  });

  test('§7 an escalation says for how long, unit by unit', () => {
    const life = living();
    life.passTo('2026-01-10 15:31');
    const { subject, text } = lastMessageOf(life, 'deadline.escalated', to('committee'));
    expect(subject).toBe('【逾期提请督促】区教育局等3个单位逾期1小时仍未完成：确认通知（N1）');
    expect(text).toContain('甲街道办事处：确认通知（N1），应于2026年1月10日14时30分前完成（预案3.1.3）。');
  });

  test('§6.6 the office is told at once of unreachable units', () => {
    const life = living(({ to }) => (to.kind === 'unit' ? NOT_REACHED : taken()));
    const { subject, text, short } = lastMessageOf(life, 'deadline.reminded', to('office'));
    expect(subject).toBe('【联系不上】区教育局等3个单位的人员未能送达，请设法联系');
    expect(text).toContain('甲街道办事处：确认通知（N1），应于2026年1月10日14时30分前完成（预案3.1.3）。');
    expect(text).toContain(
      '乙街道办事处：确认通知（N1），应于2026年1月10日14时30分前完成（预案3.1.3）。\n　　值班联系：丁值班 0991-4690002',
    );
    expect(short).toMatch(/区教育局等3个单位联系不上/);
    // A group reads the short text.
    expect(short).not.toContain('丁值班');
  });

  test('§5.1 the office’s own deadline is its own', () => {
    const life = living();
    life.do('2026-01-10 20:00', liftOf('2026-01-10 20:00'));
    life.passTo('2026-01-11 20:01');
    expect(lastMessageOf(life, 'deadline.escalated', to('office'))).toMatchObject({
      subject: '【逾期】区环委办有事项未按时完成',
      text: expect.stringContaining('解除后的信息报送，应于2026年1月11日20时00分前完成（预案5.1）：区环委办未完成。'),
    });
    life.passTo('2026-01-11 22:00');
    expect(lastMessageOf(life, 'deadline.escalated', to('committee')).text).toContain(
      '区环委办：解除后的信息报送，应于2026年1月11日20时00分前完成（预案5.1）。',
    );
  });
});

const taken = (): DeliveryResult[] => [{ contact: 'a', contactHash: 'h', channel: 'sms', outcome: 'taken' }];

test('§5.1 the digest: units with and without report, units without acknowledgement', () => {
  const life = living();
  life.do('2026-01-11 09:00', reportOf('education', '2026-01-10'));
  life.passTo('2026-01-11 10:31');
  const { subject, text } = lastMessageOf(life, 'digest.compiled');
  expect(subject).toBe('【每日汇总】2026年1月10日：3个责任单位，1个已报送');
  expect(text).toContain('尚未报送（2个）：甲街道办事处、乙街道办事处。');
  expect(text).toContain('尚未确认通知：区教育局、甲街道办事处、乙街道办事处。');
});

test('§4.3 a stricter task, its deadline by its words, and a completion the office takes back', () => {
  const life = living();
  const text = '当日完成全部停工工地的复查并拍照留存';
  const add: CommandBody = { kind: 'addTask', unitIds: ['education'], text, dueAt: '2026-01-10T18:00:00+08:00' };
  life.do('2026-01-10 15:00', add, OFFICE);
  expect(lastMessageOf(life, 'task.added').text).toContain(`预案4.3：${text}\n请于2026年1月10日18时00分前完成。`);
  life.passTo('2026-01-10 17:01');
  expect(lastMessageOf(life, 'deadline.reminded', (entry) => entry.unitId === 'education').subject).toContain(
    `任务“${text}”`,
  );
  const task = { unitId: 'education', taskId: 'added-1' };
  life.do('2026-01-10 17:10', {
    kind: 'completeTasks',
    unitId: task.unitId,
    taskIds: [task.taskId],
    note: '',
    attachmentIds: [],
  });
  life.do('2026-01-10 17:20', { kind: 'withdrawCompletion', ...task, reason: '现场核查未落实' }, OFFICE);
  expect(lastMessageOf(life, 'task.withdrawn').text).toMatch(/继续落实[\s\S]*理由：现场核查未落实/);
  life.do('2026-01-10 17:30', { kind: 'cancelTask', taskId: task.taskId, reason: '市里已统一安排' }, OFFICE);
  expect(lastMessageOf(life, 'task.cancelled').text).toMatch(
    /已撤销，不必再办[\s\S]*当日完成全部停工工地的复查[\s\S]*理由：市里已统一安排/,
  );
});

const PARTS = ['一', '𠮷', '👨‍👩‍👧‍👦', 'e\u0301\u0323', '1️⃣', 'ئۇ', '，'] as const;
const characters = (text: string): string[] => Array.from(new Intl.Segmenter('zh').segment(text), (one) => one.segment);

test('a task’s words are cut between two characters, in every part of a message', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 40 }), (parts) => {
      const life = living();
      const text = `停${parts.join('')}`;
      const add: CommandBody = { kind: 'addTask', unitIds: ['education'], text, dueAt: '2026-01-10T18:00:00+08:00' };
      life.do('2026-01-10 15:00', add, OFFICE);
      life.passTo('2026-01-10 17:01');
      const words = lastMessageOf(life, 'deadline.reminded', (entry) => entry.unitId === 'education');
      for (const part of Object.values(words)) {
        expect(part).not.toMatch(/\p{Cs}/u);
        const [, quoted = ''] = /任务“(.*?)…?”/su.exec(part) ?? [];
        expect(characters(text).slice(0, characters(quoted).length).join('')).toBe(quoted);
      }
      expect(words.subject).toContain('任务“停');
    }),
    { numRuns: 20 },
  );
});
