/** Lives of which the public reads, and real ones, whose matters go on after them on the district's chain. */
import { expect, test } from '@jest/globals';
import type { DistrictCommandBody } from '../district/entries.js';
import type { CommandBody } from '../episode/commands.js';
import { of } from '../episode/testing/entries-of.js';
import { beijingDate, beijingIso, HOUR } from '../plan/rules/calendar.js';
import {
  acknowledgeCommand,
  adjustCommand,
  describeKinds,
  describeKindsThatGrow,
  ending,
  expectSound,
  type LifeOfKind,
  UNITS,
} from './support/kinds.js';

const publicText = (noticeId: string, text: string): CommandBody => ({
  kind: 'issueText',
  noticeId,
  audience: 'public',
  title: '重污染天气预警公告',
  text,
  broadcast: true,
});
const unitText = (noticeId: string): CommandBody => ({
  kind: 'issueText',
  noticeId,
  audience: 'units',
  title: '关于重污染天气预警的通知',
  text: '请各责任单位落实。',
});

/** Sends the follow-up report, publishes a review that asks for revisions, and waits for the seal. */
const conclude = async (life: LifeOfKind, revisions: Array<{ what: 'plan' | 'policy'; inDays: number }>) => {
  const asked = revisions.map(async ({ what, inDays }) => ({
    what,
    text: '修订联络名单',
    ...(what === 'plan' ? { unitId: 'education' } : {}),
    dueAt: await life.timeIn(24 * inDays),
  }));
  const content = { conclusions: '有效', planRevisionNeeded: true, revisions: await Promise.all(asked) };
  const outcomes = await life.submit([ending[0]!, { kind: 'saveReview', content }, { kind: 'publishReview' }]);
  expect(outcomes).toMatchObject(Array(3).fill({ status: 'accepted' }));
  await life.closed();
  expectSound(await life.entries());
};

const done = (revisionId: string): DistrictCommandBody => ({ kind: 'completeRevision', revisionId, note: '已完成' });

await describeKinds('kinds of life that the public reads of', (life) => {
  test('published: texts and their corrections, rolling broadcast, statements, a circular of the city (§3.1.3 to §3.1.5, §5.1, §5.2)', async () => {
    await life.start('published');
    await life.submit(UNITS.map(acknowledgeCommand));
    expect(await life.submit([unitText('n1'), publicText('n1', '请减少户外活动。')])).toMatchObject(
      Array(2).fill({ status: 'accepted' }),
    );
    await life.hoursIn(3);
    const at = await life.timeIn(-1);
    const statement = { kind: 'issueStatement' as const, title: '关于供水的说明' };
    await life.submit([
      publicText('n1', '请减少户外活动，停止露天烧烤。'),
      { kind: 'noteAppearance', textId: 'n1-1', medium: '水区零距离', at },
      { ...statement, about: 'rumour', text: '没有停水。' },
      { ...statement, about: 'rumour', text: '全区供水正常。', corrects: 't1' },
      {
        kind: 'issueCircular',
        origin: 'city',
        number: '乌环委办〔2015〕7号',
        title: '关于督查情况的通报',
        text: '转发。',
        unitIds: ['street-a', 'street-b'],
      },
      adjustCommand('orange', '2号', 3),
      unitText('n2'),
      publicText('n2', '请停止户外活动。'),
    ]);
    await life.hoursIn(6);
    const [issuedAt, effectiveAt] = [await life.timeIn(0), await life.timeIn(1)];
    await life.submit([
      { kind: 'acknowledgeCircular', unitId: 'street-a', circularId: 'c1' },
      { kind: 'lift', notice: { number: '9号', issuer: '市环委办', issuedAt, effectiveAt } },
      unitText('n3'),
      publicText('n3', '预警解除。'),
    ]);
    await life.until(({ phase }) => phase === 'reporting');
    await life.submit(ending);
    await life.closed();

    const entries = await life.entries();
    expectSound(entries);
    const issued = of(entries, 'text.issued').map(({ data }) => `${data.notice} ${data.audience} ${data.version}`);
    expect(issued).toEqual([
      ...['n1 units 1', 'n1 public 1', 'n1 public 2', 'n2 units 1', 'n2 public 1'],
      ...['n3 units 1', 'n3 public 1'],
    ]);
    expect(of(entries, 'broadcast.repeated').length).toBeGreaterThanOrEqual(2);
    expect(of(entries, 'broadcast.ended')).toHaveLength(1);
    expect(of(entries, 'statement.issued').map(({ data }) => data.corrects)).toEqual([undefined, 't1']);
    expect(of(entries, 'appearance.noted')).toHaveLength(1);
    expect(of(entries, 'circular.missed').map(({ unitId }) => unitId)).toEqual(['street-b']);
    expect(of(entries, 'notification.sent').filter(({ data }) => data.to === 'media').length).toBeGreaterThan(4);
  });

  test('handed over: revisions, a problem, a circular and a referral are followed up until they are done (§5.2)', async () => {
    await life.startInEarnest('handed-over');
    await life.submit(['education', 'street-a'].map(acknowledgeCommand));
    await life.until(({ units }) => units['street-b']!.acknowledgements[0]!.status === 'missed');
    await life.submit([
      {
        kind: 'refer',
        unitId: 'street-b',
        to: 'committee',
        about: [{ deadline: 'acknowledgement', subject: 'n1' }],
        reason: '没有确认',
      },
      {
        kind: 'issueCircular',
        origin: 'district',
        title: '关于停工的通报',
        text: '请整改。',
        unitIds: ['street-a'],
        answerDueAt: await life.timeIn(60),
      },
    ]);
    // Of before: the next day, which may begin meanwhile, owes no report.
    const date = beijingDate(Date.parse(await life.timeIn(0)));
    await life.lift();
    const problems = [{ what: '未停工', where: '甲路工地' }];
    const content = { text: '正常', figures: {}, problems };
    expect(await life.submit([{ kind: 'submitDailyReport', unitId: 'education', date, content }])).toMatchObject([
      { status: 'accepted' },
    ]);
    // The first time its server is away.
    let isAway = true;
    life.post = ({ to }) => {
      const isOfOwner = to.kind === 'unit' && to.unitId === 'education' && isAway;
      if (isOfOwner) isAway = false;
      const away = { outcome: 'deferred', reason: 'server-unreachable', fault: 'server' } as const;
      return [{ contact: 'liaison', contactHash: '', channel: 'email', ...(isOfOwner ? away : { outcome: 'taken' }) }];
    };
    await conclude(life, [
      { what: 'plan', inDays: 6 },
      { what: 'policy', inDays: 2 },
    ]);

    const opened = await life.district(({ state }) => state.opened === 5);
    const idOf = (what: string) => opened.state.revisions.find((one) => one.what === what)!.revisionId;
    expect(await life.submitToDistrict([{ kind: 'noteRevision', revisionId: 'r1', note: '已起草' }])).toMatchObject([
      { status: 'accepted' },
    ]);
    await life.pass(3 * 24);
    const later = await life.timeIn(24 * 9);
    await life.submitToDistrict([
      { kind: 'postponeRevision', revisionId: 'r2', dueAt: later, reason: '等待意见' },
      done(idOf('circular')),
    ]);
    const unit = { accountId: 'education', role: 'unit' } as const;
    await life.submitToDistrict([done(idOf('problem'))], unit);
    await life.pass(12 * 24);
    const filing = { number: '水环委办〔2026〕9号', at: beijingIso(Date.parse(later) - 10 * 24 * HOUR) };
    const answers = await life.submitToDistrict([
      done('r1'),
      { ...done('r1'), filing } as DistrictCommandBody,
      done('r2'),
      done(idOf('referral')),
      done('r2'),
    ]);
    expect(answers.map((one) => (one.status === 'refused' ? one.type : one.status))).toEqual([
      ...['filing-required', 'accepted', 'accepted', 'accepted'],
      'revision-done',
    ]);

    const { entries } = await life.district(({ state }) => Object.keys(state.messages).length === 0);
    const stages = entries.flatMap((entry) =>
      entry.kind === 'revision.reminded' ? entry.data.reminders.map(({ stage }) => stage) : [],
    );
    expect(new Set(stages)).toEqual(new Set(['opened', 'ahead', 'due', 'again']));
    expect(entries.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['revision.progressed', 'revision.postponed', 'notification.deferred']),
    );
  });
});

describeKindsThatGrow('kinds of life that go on in another run of the district’s chain', (life) => {
  test('followed on: what is done leaves the state with the run, and is known as done in the next', async () => {
    await life.startInEarnest('followed-on');
    await life.lift();
    await conclude(life, [
      { what: 'policy', inDays: 9 },
      { what: 'policy', inDays: 9 },
    ]);
    await life.district(({ state }) => state.opened === 2);
    await life.submitToDistrict([done('r1')]);
    const runs = async () => (await life.backend.histories()).filter(({ workflowId }) => workflowId === 'district');
    for (let n = 0; (await runs()).length < 3; n += 1)
      await life.submitToDistrict([{ kind: 'noteRevision', revisionId: 'r2', note: `第${n}次` }]);
    expect(await life.submitToDistrict([done('r1'), done('r2')])).toMatchObject([
      { status: 'refused', type: 'revision-done' },
      { status: 'accepted' },
    ]);
    const { entries } = await life.district(({ state }) => Object.keys(state.messages).length === 0);
    expect(entries.filter(({ kind }) => kind === 'revision.done')).toHaveLength(2);
  });
});
