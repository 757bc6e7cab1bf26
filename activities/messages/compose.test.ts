import { describe, expect, test } from '@jest/globals';
import type { Entry, NamedDeadline } from '../../episode/entries.js';
import type { Message } from '../../episode/state-types.js';
import { clause } from '../../plan/rules/clauses.js';
import type { Whom } from '../../plan/types.js';
import { desk, EPISODE, enteredStart, shippedWords, WrittenLife } from '../testing/life.js';
import { messageTo } from './compose.js';
import type { Announcement, MessageInput } from './message-input.js';

const publicUrl = 'https://qingkong.example/';
const education: Message['to'] = { kind: 'unit', unitId: 'education' };
const office: Message['to'] = { kind: 'office' };

const inputOf = (life: WrittenLife, entries: Entry[]): MessageInput => ({
  publicUrl,
  state: life.state,
  entries,
  announcements: life.entries.filter((entry): entry is Announcement =>
    ['warning.issued', 'level.adjusted', 'warning.lifted'].includes(entry.kind),
  ),
  textOf: shippedWords.textOf,
  edition: shippedWords,
  desk,
  toRing: new Map(),
  now: life.state.head.episodeTime,
  circulars: new Map(),
  digests: new Map(),
  texts: new Map(),
});

const wordingOf = (life: WrittenLife, to: Message['to'], ...entries: Entry[]) =>
  messageTo(to, inputOf(life, entries))();

const notified = (life: WrittenLife) =>
  life.entries.filter((entry) => entry.kind === 'unit.notified' && entry.unitId === 'education').at(-1)!;

const adjustment = {
  number: '乌环委办〔2015〕2号',
  issuer: enteredStart.issuer,
  issuedAt: '2015-11-29T10:00:00+08:00',
  effectiveAt: '2015-11-29T10:00:00+08:00',
};

/** Raised, or kept with another end; the unit is told and has its tasks for the new level. */
function adjusted(level: 'yellow' | 'orange' | 'red', expectedEndAt?: string): WrittenLife {
  const life = new WrittenLife().start();
  const at = adjustment.issuedAt;
  const names = { noticeId: 'n2', noticeNumber: adjustment.number };
  const responseLevel = ({ yellow: 'III', orange: 'II', red: 'I' } as const)[level];
  life.add(
    'level.adjusted',
    {
      noticeId: 'n2',
      notice: adjustment,
      cityLevel: level,
      level,
      previousLevel: 'yellow',
      ...(expectedEndAt ? { expectedEndAt } : {}),
    },
    { at },
  );
  life.add(
    'unit.notified',
    { ...names, occasion: 'adjustment', level, effectiveAt: at, acknowledgementDueAt: '2015-11-29T10:30:00+08:00' },
    { unitId: 'education' },
  );
  life.add(
    'task.assigned',
    {
      ...names,
      level: responseLevel,
      tasks: [{ id: 'ii-health-3', change: 'tightened', status: 'open' }],
      ended: ['iii-health-3'],
      implementationDueAt: '2015-11-29T14:00:00+08:00',
    },
    { unitId: 'education' },
  );
  return life;
}

describe('a notice to a unit', () => {
  test('says on a start level, number, issuer, deadlines, tasks and link (§3.1.3, §4.2, §5.1)', () => {
    const life = new WrittenLife().start({ text: '自27日14时起启动黄色预警。' });
    const { subject, text } = wordingOf(life, education, notified(life));
    expect(subject).toBe('【黄色预警·Ⅲ级响应】启动应急响应，请于2015年11月27日14时30分前确认');
    expect(text).toBe(`区教育局：

乌鲁木齐市生态环境保护委员会办公室通知（乌环委办〔2015〕1号）：
自2015年11月27日14时00分起启动黄色预警、Ⅲ级应急响应。
结束时间另行通知。
通知原文：自27日14时起启动黄色预警。
依据：市级通知。

请办理：
先做：通知中小学、幼儿园把体育课和活动改到室内，收齐学校回执。
1. 2015年11月27日14时30分前确认收到本通知（预案3.1.3）。
2. 2015年11月27日18时00分前报告应急措施落实情况（预案4.2）。
3. 自2015年11月28日起，每日10:00前报送前一日应急响应情况（预案5.1）。

登录办理：
https://qingkong.example/u?episode=${EPISODE}

区环委办值班室（王值班）：电话 0991-4690000。不便操作的，可来电由办公室代办。

Ⅲ级应急响应期间你单位的任务（共1项）：
【学校】
1. 通知中小学、幼儿园调整教学计划，把体育课和课间活动改到室内。
　　预案4.3.2.1、附件1三（七）：中小学、幼儿园合理调整教学计划，尽量安排室内课程。
`);
  });

  test('says of one given by telephone how it came, with the district’s own notice, the basis and the forecast', () => {
    const life = new WrittenLife().start({
      received: { by: 'telephone', at: '2015-11-27T13:50:00+08:00' },
      basis: 'region',
      ownNotice: { number: '水环委办〔2015〕3号', title: '关于启动应急响应的通知' },
      forecast: {
        aqi: [151, 200],
        from: '2015-11-27T14:00:00+08:00',
        until: '2015-11-29T14:00:00+08:00',
        text: '静稳。',
      },
    });
    const { text } = wordingOf(life, education, notified(life));
    expect(text).toContain('办公室通知（电话通知，2015年11月27日13时50分收到）：');
    expect(text).toContain(
      '依据：区域预警；本区通知：水环委办〔2015〕3号《关于启动应急响应的通知》。\n预报：2015年11月27日14时00分至2015年11月29日14时00分，AQI 151至200，静稳。',
    );
  });

  test('names on a start ahead the tasks to come, and counts the implementation report from the effect (§4.2)', () => {
    const life = new WrittenLife().start({ ahead: true });
    const { text } = wordingOf(life, education, notified(life));
    expect(text).toContain('自2015年11月28日00时00分起启动黄色预警、Ⅲ级应急响应。');
    expect(text).toContain('2. 2015年11月28日04时00分前报告应急措施落实情况');
    expect(text).toContain('3. 自2015年11月29日起，每日10:00前');
    expect(text).toContain('中小学、幼儿园合理调整教学计划');
    expect(text).not.toContain('［');
  });

  test('says on an adjustment both levels, and the tightened tasks (§3.1.5)', () => {
    const life = adjusted('orange');
    const { subject, text } = wordingOf(life, education, notified(life));
    expect(subject).toBe('【橙色预警·Ⅱ级响应】调整应急响应，请于2015年11月29日10时30分前确认');
    expect(text).toContain('起由黄色预警、Ⅲ级应急响应调整为橙色预警、Ⅱ级应急响应。');
    expect(text).toContain('3. 继续每日10:00前报送');
    expect(text).toMatch(
      /（共1项）：\n【学校】\n1\. ［加严］\S+。\n　　预案4\.3\.3\.1\S*：中小学、幼儿园停止户外课程和活动。\n$/,
    );
    expect(text).not.toContain('合理调整教学计划');
    expect(text).not.toContain('［终止］');
  });

  test('prints the highest level with a Latin letter, as the plan does (§4.1)', () => {
    const life = adjusted('red');
    expect(wordingOf(life, education, notified(life)).subject).toMatch(/^【红色预警·I级响应】/);
  });

  test('says on an adjustment at the same level that it goes on, and until when', () => {
    const life = adjusted('yellow', '2015-12-02T00:00:00+08:00');
    const { subject, text, short } = wordingOf(life, education, notified(life));
    expect(subject).toMatch(/^【黄色预警·Ⅲ级响应】继续执行，预计到2015年12月2日00时00分，请于/);
    expect(text).toContain('起继续执行黄色预警、Ⅲ级应急响应，任务不变。\n预计持续到2015年12月2日00时00分。');
    expect(short).toMatch(/^黄色预警·Ⅲ级响应继续执行，预计到12月2日00:00。/);
    expect(text + short).not.toMatch(/\d项/);
  });

  test('says that the unit joins (§2.2)', () => {
    const life = new WrittenLife().start();
    const joined = life.add(
      'unit.notified',
      {
        occasion: 'joining',
        noticeId: 'n1',
        noticeNumber: enteredStart.number,
        level: 'yellow',
        effectiveAt: '2015-11-28T09:00:00+08:00',
        acknowledgementDueAt: '2015-11-28T09:30:00+08:00',
      },
      { unitId: 'education', at: '2015-11-28T09:00:00+08:00' },
    );
    const { subject, text } = wordingOf(life, education, joined);
    expect(subject).toBe('【黄色预警·Ⅲ级响应】纳入应急响应，请于2015年11月28日09时30分前确认');
    expect(text).toContain('自2015年11月28日09时00分起你单位参加黄色预警、Ⅲ级应急响应。');
    expect(text).toContain('自2015年11月29日起，每日10:00前');
  });

  test('tells on lifting whom to let resume, and asks for the summary (§4.4, §5.2)', () => {
    const life = new WrittenLife().start();
    const effectiveAt = '2015-12-02T00:00:00+08:00';
    const notice = { ...enteredStart, number: '乌环委办〔2015〕3号', issuedAt: effectiveAt, effectiveAt };
    life.add('warning.lifted', { noticeId: 'n2', notice }, { at: effectiveAt });
    const lifted = life.add(
      'unit.notified',
      {
        occasion: 'lifting',
        noticeId: 'n2',
        noticeNumber: notice.number,
        level: 'yellow',
        effectiveAt,
        acknowledgementDueAt: '2015-12-02T09:00:00+08:00',
      },
      { unitId: 'education' },
    );
    const { subject, text, short, html } = wordingOf(life, education, lifted);
    expect(subject).toBe('【预警解除】2015年12月2日00时00分起应急响应终止，届时恢复正常');
    expect(text).toContain(
      '通知（乌环委办〔2015〕3号）：\n自2015年12月2日00时00分起解除黄色预警，Ⅲ级应急响应自动终止（预案4.4）。',
    );
    expect(text).toContain('12月2日00:00起停止应急措施：通知学校恢复正常教学和户外课程');
    expect(short).toMatch(/^12月2日00:00起解除黄色预警，应急响应终止。届时：通知学校恢复正常教学/);
    expect(html).toContain('预警解除');
    expect(text).toContain('解除后3天内报送工作总结');
    expect(text).toContain('请于2015年12月2日09时00分前确认收到解除通知。');
    const link = 'https://qingkong.example/a/x.y';
    const linked = messageTo(education, inputOf(life, [lifted]))(link);
    expect(linked.text).toContain(`一键确认（无需登录）：\n${link}\n`);
    expect(linked.short).toMatch(/点此确认：\nhttps:\/\/qingkong\.example\/a\/x\.y$/);
  });
});

describe('the expected end (§3.1.5)', () => {
  const expectedEndAt = '2015-12-01T14:00:00+08:00';

  test.each([
    ['2015-12-01T12:00:00+08:00', '还有2小时到期', '还有2小时到期'],
    ['2015-12-01T14:00:00+08:00', '已到', '现已到期'],
    ['2015-12-02T02:00:00+08:00', '已到', '已过12小时'],
  ])('is asked about at %s', (at, subject, text) => {
    const life = new WrittenLife().start();
    const names = { noticeId: 'n1', noticeNumber: enteredStart.number };
    const asked = life.add('end.asked', { ...names, expectedEndAt }, { at });
    const wording = wordingOf(life, office, asked);
    expect(wording.subject).toBe(`【请定】预计结束时间${subject}：解除、延长还是继续`);
    expect(wording.text).toContain(`预计持续到2015年12月1日14时00分，${text}，尚未录入新的通知。`);
    expect(wording.short).toContain('应急响应不会自动结束');
  });
});

test('lifted before any effect, a unit is told that there is no response and nothing to report', () => {
  const life = new WrittenLife().start({ ahead: true });
  const effectiveAt = '2015-11-27T18:00:00+08:00';
  const notice = { ...enteredStart, number: '乌环委办〔2015〕3号', issuedAt: effectiveAt, effectiveAt };
  life.add('warning.lifted', { noticeId: 'n2', notice }, { at: effectiveAt });
  const names = { noticeId: 'n2', noticeNumber: notice.number };
  const told = { ...names, occasion: 'lifting', level: 'yellow', effectiveAt } as const;
  const lifted = life.add('unit.notified', told, { unitId: 'education' });
  const { subject, text } = wordingOf(life, education, lifted);
  expect(subject).toBe('【预警解除】应急响应不再启动');
  expect(text).toContain('起解除黄色预警，应急响应不再启动，不需要每日报送和工作总结。');
  expect(text).not.toContain('前确认');
  expect(text).not.toContain('请办理');
});

test('a contact with a link acknowledges by one tap (§3.1.3)', () => {
  const life = new WrittenLife().start();
  const acknowledgeLink = 'https://qingkong.example/a/x.y';
  const { text, short } = messageTo(education, inputOf(life, [notified(life)]))(acknowledgeLink);
  expect(text).toMatch(/\n\n一键确认（无需登录）：\nhttps:\/\/qingkong\.example\/a\/x\.y\n登录办理：\nhttps:.*\n/);
  expect(short).toBe(
    `通知中小学、幼儿园把体育课和活动改到室内，收齐学校回执。黄色预警·Ⅲ级响应，11月27日14:00起启动，请区教育局11月27日14:30前确认。值班电话0991-4690000。点此确认：\n${acknowledgeLink}`,
  );
});

describe('a missed deadline', () => {
  const dueAt = '2015-11-28T10:00:00+08:00';
  const noticeNumber = enteredStart.number;
  const names = { noticeId: 'n1', noticeNumber };

  /** An escalation at the moment of the deadline. */
  const escalate = (life: WrittenLife, to: Whom, unitId: string, ...owed: NamedDeadline[]): Entry => {
    const deadlines = owed.map((one) => ({ ...one, dueAt, stepsTaken: 1 }));
    const data = { to, deadlines, ways: [['email' as const]], message: `${to}:1` };
    return life.add('deadline.escalated', data, { unitId, at: dueAt });
  };

  test.each<[NamedDeadline, string, string]>([
    [{ deadline: 'acknowledgement', ...names }, `确认通知（${noticeNumber}）`, '3.1.3'],
    [{ deadline: 'implementation', ...names }, `报告应急措施落实情况（通知${noticeNumber}）`, '4.2'],
    [{ deadline: 'report', date: '2015-11-27' }, '2015年11月27日的每日报送', '5.1'],
    [{ deadline: 'summary' }, '工作总结', '5.2'],
  ])('$deadline is told to the unit with the clause it breaks (§7)', (owed, duty, clause) => {
    const life = new WrittenLife().start();
    const { subject, text } = wordingOf(life, education, escalate(life, 'duty', 'education', owed));
    expect(subject).toBe(`【逾期】${duty}未按时完成，请立即补办`);
    expect(text).toContain(`${duty}，应于2015年11月28日10时00分前完成（预案${clause}）。`);
    expect(text).toContain('不便操作的，请致电区环委办值班室0991-4690000，由办公室代为确认或报送。');
    expect(text).toContain('/u?episode=');
  });

  test('reaches the office as one digest, a line for each duty with every unit behind', () => {
    const life = new WrittenLife().start();
    const report: NamedDeadline = { deadline: 'report', date: '2015-11-27' };
    const { subject, text } = wordingOf(
      life,
      office,
      escalate(life, 'office', 'education', report, { deadline: 'acknowledgement', ...names }),
      escalate(life, 'office', 'street-one', report),
    );
    expect(subject).toBe('【逾期】2个责任单位未按时完成');
    expect(text).toBe(`以下事项已逾期并记入台账，请督促：
2015年11月27日的每日报送，应于2015年11月28日10时00分前完成（预案5.1）：2个单位未完成：区教育局、第一街道办事处。
确认通知（乌环委办〔2015〕1号），应于2015年11月28日10时00分前完成（预案3.1.3）：1个单位未完成：区教育局。

登录查看：
https://qingkong.example/episodes/${EPISODE}/board

区环委办值班室（王值班）：电话 0991-4690000
`);
  });
});

test('the follow-up report goes to the city as the office wrote it (§5.1)', () => {
  const life = new WrittenLife().start();
  const effectiveAt = '2015-12-02T00:00:00+08:00';
  life.add(
    'warning.lifted',
    { noticeId: 'n2', notice: { ...enteredStart, number: '3号', effectiveAt } },
    { at: effectiveAt },
  );
  const dueAt = '2015-12-03T00:00:00+08:00';
  const due = { followUpDueAt: dueAt, summaryDueAt: dueAt, reviewDueAt: dueAt };
  life.add('response.ended', { noticeId: 'n2', noticeNumber: '3号', effectiveAt, ...due }, { at: effectiveAt });
  const report = '本次黄色预警自2015年11月27日14时起，共持续106小时。';
  const sent = life.add('follow-up.submitted', {
    text: report,
    dueAt: enteredStart.issuedAt,
    late: false,
    contentHash: '',
  });
  expect(wordingOf(life, { kind: 'city' }, sent)).toMatchObject({
    subject: '水磨沟区重污染天气应急响应信息报送（2015年11月27日14时00分起，解除时为黄色预警）',
    text: `${report}\n\n区环委办值班室（王值班）：电话 0991-4690000\n`,
    short:
      '水磨沟区11月27日14:00起的重污染天气预警已于12月2日00:00解除（解除时为黄色预警·Ⅲ级响应），信息报送已发到邮箱，请查收。值班电话0991-4690000。',
  });
});

test('a day goes to the city as the office wrote it, and says of a correction what it is', () => {
  const life = new WrittenLife().start();
  const sent = { date: '2015-11-27', text: '2015年11月27日，本区执行黄色预警。', contentHash: '' };
  const first = life.add('digest.submitted', sent);
  const { subject, text } = wordingOf(life, { kind: 'city' }, first);
  expect(subject).toBe('水磨沟区重污染天气应急响应每日情况（2015年11月27日，黄色预警）');
  expect(text).toBe(`${sent.text}\n\n区环委办值班室（王值班）：电话 0991-4690000\n`);
  const corrected = wordingOf(life, { kind: 'city' }, life.add('digest.submitted', { ...sent, corrects: first.seq }));
  expect(corrected.subject).toBe('水磨沟区重污染天气应急响应每日情况（2015年11月27日，黄色预警）（更正）');
  expect(corrected.text).toContain('此前上报的2015年11月27日情况有更正，以本次为准。');
  expect(corrected.short).toContain('（更正）已发到邮箱');
});

test('the office is reminded of a day that has not gone to the city, with the earlier ones', () => {
  const life = new WrittenLife().start();
  life.add('response.started', {
    noticeId: 'n1',
    noticeNumber: enteredStart.number,
    level: 'yellow',
    effectiveAt: enteredStart.effectiveAt,
  });
  for (const date of ['2015-11-27', '2015-11-28']) life.add('digest.compiled', { date, submitted: 0, outstanding: [] });
  const { subject, text } = wordingOf(life, office, life.add('digest.reminded', { date: '2015-11-28' }));
  expect(subject).toBe('【请上报】2015年11月28日的汇总尚未上报市环委办');
  expect(text).toContain('此前尚未上报的还有：2015年11月27日。');
});

test('a referral says what the unit failed to do, by which clause, and why it is referred (§7)', () => {
  const life = new WrittenLife().start();
  const referral = life.add('unit.referred', {
    unitId: 'education',
    to: 'supervisor',
    about: [
      {
        deadline: 'acknowledgement',
        noticeId: 'n1',
        noticeNumber: '乌环委办〔2015〕1号',
        dueAt: '2015-11-27T14:30:00.000+08:00',
        outcome: 'late',
      },
      { deadline: 'report', date: '2015-11-27', dueAt: '2015-11-28T10:00:00.000+08:00', outcome: 'missed' },
    ],
    reason: '两次电话催办未报。',
  });
  const { subject, text, short } = wordingOf(life, { kind: 'supervisor' }, { ...referral, clause: clause('7') });
  expect(subject).toBe('【移交】区教育局：确认通知（乌环委办〔2015〕1号）等2项');
  expect(text).toContain(`区环委办移交以下事项，请区纪委监委按职责处理（预案7）：
区教育局：
确认通知（乌环委办〔2015〕1号），应于2015年11月27日14时30分前完成（预案3.1.3），逾期补办。
2015年11月27日的每日报送，应于2015年11月28日10时00分前完成（预案5.1），逾期未办。
移交理由：两次电话催办未报。`);
  expect(short).toContain('区环委办移交区教育局的逾期事项');
  expect(short).toContain('请区纪委监委按职责处理');
});

test('an entry without words of its own still asks the recipient to look', () => {
  const life = new WrittenLife().start();
  expect(wordingOf(life, office, life.entries[0]!)).toMatchObject({
    subject: '重污染天气过程有新情况',
    text: expect.stringContaining(`/episodes/${EPISODE}/board`),
  });
});

test.each([
  ['a unit', education],
  ['the office', office],
  ['the city', { kind: 'city' as const }],
])('a drill is marked at the front of subject, text and short text to %s (§8.2)', (_whom, to) => {
  const life = new WrittenLife(true).start();
  const { subject, text, short } = wordingOf(life, to, notified(life));
  expect(subject).toMatch(/^【演练】/);
  expect(short).toMatch(/^【演练】/);
  expect(text.split('\n')[0]).toBe('【演练】本邮件用于应急演练，不是真实预警。');
});

test('a real episode is not marked as a drill', () => {
  const life = new WrittenLife().start();
  const { subject, text, short } = wordingOf(life, education, notified(life));
  expect(subject + text + short).not.toContain('演练');
});

test('the office is told of a drill that nobody touched, and since when', () => {
  const life = new WrittenLife(true).start();
  const idleSince = '2015-11-27T14:00:00.000+08:00';
  const entry = life.add('drill.abandoned', { idleSince, abandonedAt: '2015-12-28T14:00:00.000+08:00' });
  const { subject, text } = wordingOf(life, office, entry);
  expect(subject).toBe('【演练】已连续31天无人操作，自动结束');
  expect(text).toContain('由乌环委办〔2015〕1号启动的过程，自2015年11月27日14时00分起连续31天无人操作');
});
