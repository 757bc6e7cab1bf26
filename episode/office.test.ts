import { describe, expect, test } from '@jest/globals';
import type { CommandBody, DeliveryResult } from './commands.js';
import { openMatters } from './open-matters.js';
import { begin } from './state.js';
import type { Message } from './state-types.js';
import { at, binding, Life, liftOf, OFFICE, reportOf, startOf, summaryOf, taken } from './testing/life.js';
import { takeTurn } from './turn.js';

const lifted = (post?: (message: Message) => DeliveryResult[]) => {
  const life = new Life(binding, post);
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
  return life;
};
const followUp: CommandBody = { kind: 'submitFollowUp', text: '信息报送' };
const save = (conclusions = '结论'): CommandBody => ({
  kind: 'saveReview',
  content: { conclusions, planRevisionNeeded: false },
});
const publish: CommandBody = { kind: 'publishReview' };

describe('§5.1 the follow-up report', () => {
  test('is sent to the city within a day of lifting and leads to the review', () => {
    const life = lifted();
    expect(life.do('2026-01-13 20:00', followUp).status).toBe('accepted');
    expect(life.state.phase).toBe('reviewing');
    expect(life.of('follow-up.missed')).toEqual([]);
    expect(life.of('notification.sent').at(-1)).toMatchObject({ data: { to: 'city' } });
  });

  test('that is late is recorded as missed, and taken all the same', () => {
    const life = lifted();
    life.do('2026-01-13 20:01', followUp);
    expect(life.of('follow-up.missed')).toHaveLength(1);
    expect(life.of('follow-up.submitted')[0]!.data.late).toBe(true);
    expect(life.state.phase).toBe('reviewing');
  });

  test('again: the same is a repeat, another is refused; before lifting there is none', () => {
    const life = lifted();
    const first = life.do('2026-01-13 09:00', followUp);
    expect(life.do('2026-01-13 09:01', followUp)).toEqual({ ...first, repeated: true });
    expect(life.do('2026-01-13 09:02', { kind: 'submitFollowUp', text: '另一份' })).toMatchObject({
      type: 'follow-up-submitted',
    });
    const active = new Life();
    active.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    expect(active.do('2026-01-11 14:00', followUp)).toMatchObject({ type: 'episode-not-lifted' });
  });
});

describe('§5.2 the review', () => {
  test('is published after the follow-up report; missing summaries are named and stop nothing', () => {
    const life = lifted();
    expect(life.do('2026-01-13 08:00', publish)).toMatchObject({ type: 'follow-up-outstanding' });
    life.do('2026-01-13 09:00', followUp);
    expect(life.do('2026-01-13 10:30', publish)).toMatchObject({ type: 'review-missing' });
    life.do('2026-01-13 11:00', summaryOf('education'));
    life.do('2026-01-13 12:00', save());
    life.do('2026-01-13 12:30', save('改后的结论'));
    life.do('2026-01-13 13:00', publish);
    expect(life.of('review.published')[0]!.data).toMatchObject({
      missingSummaries: ['street-a', 'street-b'],
      late: false,
    });
  });

  test('closes the episode: open deadlines are withdrawn, and the seal is the last entry', () => {
    const life = lifted();
    life.do('2026-01-13 09:00', followUp);
    life.do('2026-01-13 09:01', save());
    life.do('2026-01-13 09:02', publish);
    expect(life.state).toMatchObject({ phase: 'closed', closedAt: at('2026-01-13 09:02') });
    expect(life.entries.at(-1)!.kind).toBe('episode.closed');
    const withdrawn = life.of('deadline.withdrawn').filter(({ data }) => data.reason === 'episode-closed');
    expect(withdrawn.map(({ data }) => data.deadline).sort()).toEqual([
      'report',
      'report',
      'report',
      'summary',
      'summary',
      'summary',
    ]);
    expect(life.do('2026-01-13 09:03', reportOf('education', '2026-01-12'))).toMatchObject({ type: 'episode-closed' });
  });

  test('that is late is recorded as missed after seven days', () => {
    const life = lifted();
    life.do('2026-01-13 09:00', followUp);
    life.passTo('2026-01-19 20:01');
    expect(life.of('review.missed')).toHaveLength(1);
    expect(life.of('deadline.escalated').at(-1)!.data).toMatchObject({
      to: 'office',
      deadlines: [{ deadline: 'review' }],
    });
  });
});

describe('§4.3.4.5 evaluation', () => {
  test('records the effect of the measures and what is supplemented', () => {
    const life = new Life();
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    life.do('2026-01-11 14:00', { kind: 'evaluate', text: '效果明显', supplements: ['加密巡查'] });
    expect(life.of('response.evaluated')).toMatchObject([{ clause: '4.3.4.5', data: { supplements: ['加密巡查'] } }]);
  });
});

describe('messages', () => {
  const deferred: DeliveryResult = {
    contact: 'lead',
    contactHash: 'h',
    channel: 'email',
    outcome: 'deferred',
    reason: 'ECONNREFUSED',
  };

  test('that were not taken are due again with growing pauses, and end after a day', () => {
    let tries = 0;
    const life = new Life(binding, (message) => {
      if (message.key !== 'unit:education:2') return taken(message);
      tries += 1;
      return [...taken(message), deferred];
    });
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    life.passTo('2026-01-12 14:00');
    expect(tries).toBe(101);
    const about = life.entries.filter((entry) => 'message' in entry.data && entry.data.message === 'unit:education:2');
    expect(about.map(({ kind, data }) => [kind, 'contact' in data && data.contact])).toEqual([
      ['notification.sent', 'liaison'],
      ['notification.failed', 'lead'],
    ]);
    expect(life.state.messages).toEqual({});
  });

  test('waited for by a closing episode are recorded as failed, and the seal comes after them', () => {
    let away = false;
    const life = lifted((message) => (away ? [deferred] : taken(message)));
    away = true;
    life.do('2026-01-12 21:00', followUp);
    life.do('2026-01-12 21:01', save());
    life.do('2026-01-12 21:02', publish);
    expect(life.state.phase).toBe('reviewing');
    life.passTo('2026-01-12 21:10');
    expect(life.entries.slice(-1)).toMatchObject([{ kind: 'episode.closed' }]);
    expect(life.of('notification.failed')).toMatchObject([
      { data: { to: 'city', reason: 'ECONNREFUSED', final: true } },
    ]);
  });

  test('end when the contact waited for is gone', () => {
    let tries = 0;
    const life = new Life(binding, (message) =>
      message.key === 'unit:education:2' && tries++ === 0
        ? [deferred]
        : message.key === 'unit:education:2'
          ? []
          : taken(message),
    );
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    life.passTo('2026-01-10 14:20');
    expect(life.of('notification.failed')).toMatchObject([{ unitId: 'education', data: { reason: 'no-contact' } }]);
  });
});

describe('a turn', () => {
  test('answers a command given again by its first entry, and refuses its id with another body', () => {
    const life = new Life();
    const command = life.command(startOf('2026-01-10 14:00'));
    const [first] = life.take(at('2026-01-10 14:00'), [command]);
    const entries = life.entries.length;
    expect(life.take(at('2026-01-10 15:00'), [command])).toEqual([{ ...first, repeated: true }]);
    expect(life.take(at('2026-01-10 15:00'), [{ ...command, bodyHash: 'other' }])).toMatchObject([
      { type: 'key-reused' },
    ]);
    expect(life.entries.slice(entries).every(({ actor }) => actor.role === 'system')).toBe(true);
  });

  test('remembers repeats, too', () => {
    const life = new Life();
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    life.do('2026-01-11 09:00', reportOf('education', '2026-01-10'));
    const again = life.command(reportOf('education', '2026-01-10'));
    expect(life.take(at('2026-01-11 09:01'), [again])).toMatchObject([{ repeated: true }]);
    const other = { ...life.command(reportOf('education', '2026-01-10', '更正')), commandId: again.commandId };
    expect(life.take(at('2026-01-11 09:02'), [other])).toMatchObject([{ type: 'key-reused' }]);
  });

  test('that is full leaves commands to the next, after what fell due', () => {
    const many = Array.from({ length: 800 }, (_, i) => ({
      unitId: `u${i}`,
      name: `单位${i}`,
      kind: 'department' as const,
      aliases: [],
    }));
    const life = new Life({
      ...binding,
      units: many,
      items: binding.items.map((item) => ({ ...item, units: many.map(({ unitId }) => unitId) })),
    });
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    const late = life.command({ kind: 'reportImplementation', unitId: 'u0', text: '已落实' });
    // Nobody worked overnight: 800 acknowledgements and 800 implementation reports were missed.
    expect(life.take(at('2026-01-11 09:00'), [late])).toEqual([]);
    let outcomes: unknown[] = [];
    for (let turns = 0; outcomes.length === 0 && turns < 10; turns += 1)
      outcomes = life.take(at('2026-01-11 09:00'), [late]);
    expect(outcomes).toMatchObject([{ status: 'accepted' }]);
    expect(life.of('implementation.reported')[0]!.data.lateFor).toEqual(['n1']);
  });

  test('does not remember refusals', () => {
    const life = new Life();
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    const command = life.command(followUp);
    expect(life.take(at('2026-01-10 15:00'), [command])).toMatchObject([{ type: 'episode-not-lifted' }]);
    life.do('2026-01-11 20:00', liftOf('2026-01-11 20:00'));
    expect(life.take(at('2026-01-11 20:01'), [command])).toMatchObject([{ status: 'accepted', repeated: false }]);
  });

  test('decides what fell due before the commands that came with it', () => {
    const life = new Life();
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    const [outcome] = life.take(at('2026-01-10 14:31'), [life.command({ kind: 'acknowledge', unitId: 'education' })]);
    expect(outcome).toMatchObject({ status: 'accepted' });
    expect(life.of('unit.acknowledged')[0]!.data.lateFor).toEqual(['n1']);
  });

  test('never runs back in time, whatever the clock says', () => {
    const life = new Life();
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    life.take(at('2026-01-10 13:00'), [life.command({ kind: 'acknowledge', unitId: 'education' })]);
    expect(life.entries.at(-1)!.at).toBe('2026-01-10T14:00:00.000+08:00');
  });

  test('remembers the last 10,000 commands and no more than it must', () => {
    let state = begin('e1', binding);
    const start = { commandId: 's', bodyHash: 'b', actor: OFFICE, body: startOf('2026-01-10 14:00') };
    state = takeTurn(state, [start], at('2026-01-10 14:00')).state;
    for (let i = 0; i < 10_300; i += 1) {
      const body: CommandBody = { kind: 'reportImplementation', unitId: 'education', text: String(i) };
      state = takeTurn(
        state,
        [{ commandId: `r${i}`, bodyHash: 'b', actor: OFFICE, body }],
        at('2026-01-10 14:00'),
      ).state;
    }
    const remembered = state.commands.reduce((count, generation) => count + Object.keys(generation).length, 0);
    expect(remembered).toBeGreaterThanOrEqual(10_000);
    expect(remembered).toBeLessThan(10_300);
  });
});

describe('§5.2 what a review asks to be revised', () => {
  const asking = (changes: object = {}): CommandBody => {
    const revision = { what: 'plan' as const, text: '修订', dueAt: '2026-03-01T18:00:00+08:00', ...changes };
    return { kind: 'saveReview', content: { conclusions: '结论', planRevisionNeeded: true, revisions: [revision] } };
  };
  const published = (life: Life, review: CommandBody) => {
    life.do('2026-01-13 09:00', followUp);
    life.do('2026-01-13 10:00', review);
    life.do('2026-01-13 11:00', publish);
    return life;
  };
  const handedOver: CommandBody = { kind: 'recordHandOver' };

  test('the seal waits until it is handed over, and a repeat changes nothing', () => {
    const life = lifted();
    life.handsOver = false;
    published(life, asking());
    expect(life.state.phase).toBe('reviewing');
    life.submit(at('2026-01-13 11:01'), [handedOver], { accountId: 'system', role: 'system' });
    expect(life.of('review.handed-over')).toMatchObject([{ clause: '5.2', data: { revisions: 1 } }]);
    expect(life.entries.at(-1)).toMatchObject({ kind: 'episode.closed' });
  });

  test('what is still open goes with it; from then on nobody changes it', () => {
    const life = new Life(binding);
    life.handsOver = false;
    life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
    const problems = ['甲工地', '乙工地'].map((where) => ({ what: '未停工', where }));
    const content = { text: '正常', figures: {}, problems };
    life.do('2026-01-11 09:00', { kind: 'submitDailyReport', unitId: 'education', date: '2026-01-10', content });
    const circular = { kind: 'issueCircular' as const, origin: 'district' as const, text: '请整改' };
    const unitIds = ['education', 'street-a', 'street-b'];
    const answerDueAt = '2026-02-01T18:00:00+08:00';
    life.do('2026-01-11 09:01', { ...circular, title: '待答复', unitIds, answerDueAt });
    life.do('2026-01-11 09:02', { ...circular, title: '仅供知晓', unitIds });
    const answer = { kind: 'answerCircular' as const, circularId: 'c1', text: '已改', attachmentIds: [] };
    life.do('2026-01-11 09:03', { ...answer, unitId: 'street-a' });
    life.do('2026-01-11 09:04', { kind: 'closeCircular', circularId: 'c1', unitIds: ['street-b'], note: '已看' });
    for (const unitId of ['education', 'street-a'])
      life.do('2026-01-11 09:05', { kind: 'acknowledgeCircular', circularId: 'c2', unitId });
    const about = [{ deadline: 'acknowledgement' as const, subject: 'n1' }];
    life.do('2026-01-11 09:06', { kind: 'refer', unitId: 'street-b', to: 'supervisor', about, reason: '没有确认' });
    life.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
    published(life, save());
    expect(life.state.phase).toBe('reviewing');
    expect(openMatters(life.state)).toMatchObject([
      { what: 'problem', subject: 'p1', unitId: 'education', owner: 'unit' },
      { what: 'problem', subject: 'p2', unitId: 'education', owner: 'unit' },
      { what: 'circular', subject: 'c1', unitId: 'education', owner: 'unit' },
      { what: 'circular', subject: 'c1', unitId: 'street-a', owner: 'office' },
      { what: 'circular', subject: 'c2', unitId: 'street-b', owner: 'unit' },
      { what: 'referral', unitId: 'street-b', owner: 'office' },
    ]);
    const settle: CommandBody = { kind: 'settleProblem', unitId: 'education', problemId: 'p1', note: '已停工' };
    expect(life.do('2026-01-13 11:01', settle)).toMatchObject({ type: 'episode-closed' });
    life.submit(at('2026-01-13 11:02'), [handedOver], { accountId: 'system', role: 'system' });
    expect(life.of('review.handed-over')).toMatchObject([
      { data: { revisions: 0, problems: 2, circulars: 3, referrals: 1 } },
    ]);
    expect(life.entries.at(-1)).toMatchObject({ kind: 'episode.closed' });
  });

  test('a review that asks for nothing in the end, or a drill’s, is sealed at once', () => {
    expect(published(lifted(), save()).state.phase).toBe('closed');
    const changed = lifted();
    changed.do('2026-01-13 08:00', asking());
    expect(published(changed, save()).state.phase).toBe('closed');
    const drill = new Life(binding);
    drill.do('2026-01-10 14:00', { ...startOf('2026-01-10 14:00'), drill: { timeScale: 1 } } as CommandBody);
    drill.do('2026-01-12 20:00', liftOf('2026-01-12 20:00'));
    expect(published(drill, asking()).state.phase).toBe('closed');
  });

  test.each([
    [{ unitId: 'nobody' }, 'unit-unknown'],
    [{ dueAt: '2026-01-13T09:00:00+08:00' }, 'due-time'],
  ])('%j is refused', (changes, type) => {
    const life = lifted();
    life.do('2026-01-13 09:00', followUp);
    expect(life.do('2026-01-13 10:00', asking(changes))).toMatchObject({ status: 'refused', type });
  });
});
