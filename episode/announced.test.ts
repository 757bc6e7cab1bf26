import { describe, expect, test } from '@jest/globals';
import type { AdjustCommand, CommandBody } from './commands.js';
import { evolve } from './evolve.js';
import { begin } from './state.js';
import { lifeFaultsOf } from './testing/invariants.js';
import { adjustOf, at, binding, Life, liftOf, noticeOfLife, startOf } from './testing/life.js';
import { boardOf, episodeViewOf, unitPageOf } from './views.js';

const DAY = '2026-01-10';
const EFFECT = '2026-01-11 08:00';

/** A yellow start entered at 14:00 for 08:00 on the next day. */
const announced = () => {
  const life = new Life();
  expect(life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', EFFECT))).toMatchObject({ status: 'accepted' });
  return life;
};
const effects = (life: Life) =>
  life.entries.flatMap(({ kind, data }) =>
    kind.startsWith('response.') && 'noticeId' in data ? [`${kind} ${data.noticeId}`] : [],
  );
const sound = (life: Life, now: string) => {
  expect(lifeFaultsOf(life.entries, at(now))).toEqual([]);
  const folded = life.entries.reduce(evolve, begin('e1', binding));
  expect({ ...folded, commands: [] }).toEqual({ ...life.state, commands: [] });
};

describe('an announced start is adjusted', () => {
  test.each([
    ['at once', `${DAY} 16:00`],
    ['earlier than planned', '2026-01-11 02:00'],
    ['at the same moment', EFFECT],
  ])('with effect %s: the adjustment begins the response at its level, the start never takes effect', (_, effect) => {
    const life = announced();
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red', effect));
    expect(episodeViewOf(life.state, at(`${DAY} 16:00`)).startedAt).toBe(`${effect.replace(' ', 'T')}:00.000+08:00`);
    life.passTo('2026-01-12 12:00');
    expect(effects(life)).toEqual(['response.started n2']);
    expect(life.state).toMatchObject({ phase: 'active', responseLevel: 'I' });
    expect(life.state.notices.map(({ effect: one }) => one)).toEqual(['overtaken', 'taken']);
    expect(life.of('response.started')[0]!.data.effectiveAt).toBe(`${effect.replace(' ', 'T')}:00.000+08:00`);
    expect(life.of('task.assigned').map(({ data }) => data.level)).toEqual(['I', 'I', 'I']);
    // The first day owed is that of the adjustment's effect.
    const [first] = unitPageOf(life.state, 'education', at('2026-01-12 12:00')).dailyReports;
    expect(first?.date).toBe(effect.slice(0, 10));
    sound(life, '2026-01-12 12:00');
  });

  test('with effect later: both take effect in turn', () => {
    const life = announced();
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red', '2026-01-11 20:00'));
    life.passTo('2026-01-12 12:00');
    expect(effects(life)).toEqual(['response.started n1', 'response.adjusted n2']);
    sound(life, '2026-01-12 12:00');
  });

  test('a unit that joins before is told of both, and owes from the adjustment’s effect', () => {
    const life = announced();
    life.do(`${DAY} 15:00`, { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red'));
    const page = unitPageOf(life.state, 'street-c', at('2026-01-11 12:00'));
    expect(page.acknowledgements.map(({ noticeId }) => noticeId)).toEqual(['n1', 'n2']);
    expect(page.dailyReports.map(({ date }) => date)).toEqual([DAY]);
    sound(life, `${DAY} 16:01`);
  });
});

describe('a notice to come is preceded by a later word of the city', () => {
  /** Yellow in force, orange to come on the 12th at 08:00. */
  const toCome = () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
    life.do('2026-01-11 09:00', adjustOf('N2', '2026-01-11 09:00', 'orange', '2026-01-12 08:00'));
    return life;
  };

  test.each([
    ['another level at once', adjustOf('N3', '2026-01-11 20:00', 'red'), ['response.adjusted n3'], 'I'],
    ['what is in force goes on', adjustOf('N3', '2026-01-11 20:00', 'yellow'), ['response.adjusted n3'], 'III'],
    ['the same, earlier', adjustOf('N3', '2026-01-11 20:00', 'orange'), ['response.adjusted n3'], 'II'],
    ['lifting', liftOf('2026-01-11 20:00'), ['response.ended n3'], 'III'],
  ])('%s: the notice to come never takes effect', (_, body, further, level) => {
    const life = toCome();
    expect(life.do('2026-01-11 20:00', body as CommandBody)).toMatchObject({ status: 'accepted' });
    life.passTo('2026-01-12 09:00');
    expect(effects(life)).toEqual(['response.started n1', ...further]);
    expect(life.state.responseLevel).toBe(level);
    sound(life, '2026-01-12 09:00');
  });

  test('an older word that was forgotten does not come before it', () => {
    const life = toCome();
    const forgotten = adjustOf('N0', '2026-01-11 08:00', 'red', '2026-01-11 12:00');
    expect(life.do('2026-01-11 20:00', forgotten)).toMatchObject({ type: 'effective-time' });
  });

  /** And red from 20:00 on the 11th, so that orange will be overtaken. */
  const doomed = () => {
    const life = toCome();
    life.do('2026-01-11 12:00', adjustOf('N3', '2026-01-11 12:00', 'red', '2026-01-11 20:00'));
    return life;
  };

  test('one that will be overtaken is ordered again: that is a change', () => {
    const life = doomed();
    const again = adjustOf('N4', '2026-01-11 18:00', 'orange', '2026-01-12 08:00');
    expect(life.do('2026-01-11 18:00', again)).toMatchObject({ status: 'accepted' });
    life.passTo('2026-01-12 09:00');
    expect(effects(life)).toEqual(['response.started n1', 'response.adjusted n3', 'response.adjusted n4']);
    expect(life.state.responseLevel).toBe('II');
    sound(life, '2026-01-12 09:00');
  });

  test('the paper of a telephone notice that will be overtaken is a notice of its own', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
    const paper = adjustOf('N2', '2026-01-11 09:00', 'orange', '2026-01-12 08:00') as AdjustCommand;
    const { number: _, ...notice } = paper.notice;
    life.do('2026-01-11 09:00', { ...paper, notice: { ...notice, received: { by: 'telephone' } } });
    expect(life.do('2026-01-11 10:00', paper)).toMatchObject({ type: 'notice-known' });
    life.do('2026-01-11 12:00', adjustOf('N3', '2026-01-11 12:00', 'red', '2026-01-11 20:00'));
    const later = { ...paper, notice: { ...paper.notice, issuedAt: '2026-01-11T18:00:00+08:00' } };
    expect(life.do('2026-01-11 18:00', later)).toMatchObject({ status: 'accepted' });
  });

  test('a unit that joins is not told of one that will be overtaken', () => {
    const life = doomed();
    life.do('2026-01-11 13:00', { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
    const { acknowledgements } = unitPageOf(life.state, 'street-c', at('2026-01-11 13:00'));
    expect(acknowledgements.map(({ noticeId }) => noticeId)).toEqual(['n1', 'n3']);
  });

  test('its expected end is not carried on', () => {
    const life = new Life();
    life.do(`${DAY} 14:00`, { ...startOf(`${DAY} 14:00`), expectedEndAt: '2026-01-13T20:00:00+08:00' } as CommandBody);
    life.do('2026-01-11 09:00', {
      ...adjustOf('N2', '2026-01-11 09:00', 'red', '2026-01-12 08:00'),
      expectedEndAt: '2026-01-15T20:00:00+08:00',
    } as CommandBody);
    life.do('2026-01-11 12:00', adjustOf('N3', '2026-01-11 12:00', 'orange'));
    expect(life.state.notices.at(-1)!.expectedEndAt).toBe('2026-01-13T20:00:00+08:00');
  });

  test('the same at the same moment changes nothing', () => {
    const again = adjustOf('N3', '2026-01-11 20:00', 'orange', '2026-01-12 08:00');
    expect(toCome().do('2026-01-11 20:00', again)).toMatchObject({ type: 'nothing-changed' });
  });
});

describe('an announced start is lifted before it takes effect', () => {
  test.each([
    ['at once', `${DAY} 18:00`],
    ['later, but before it', '2026-01-11 02:00'],
    ['at the same moment', EFFECT],
  ])('%s: there is no response; everybody is told, no report or summary is owed', (_, effect) => {
    const life = announced();
    life.do(`${DAY} 14:10`, { kind: 'acknowledge', unitId: 'education' });
    life.do(`${DAY} 18:00`, liftOf(`${DAY} 18:00`, effect));
    life.passTo('2026-01-20 12:00');
    expect(effects(life)).toEqual(['response.cancelled n2']);
    const told = life.of('unit.notified').filter(({ data }) => data.occasion === 'lifting');
    expect(told.map(({ unitId }) => unitId)).toEqual(['education', 'street-a', 'street-b']);
    expect(
      life.of('notification.sent').filter(({ data }) => data.about.some((seq) => told.some((t) => t.seq === seq))),
    ).toHaveLength(3);
    expect(life.of('task.assigned')).toEqual([]);
    expect(life.entries.filter(({ kind }) => kind.startsWith('report.') || kind.startsWith('summary.'))).toEqual([]);
    expect(life.of('digest.compiled')).toEqual([]);
    expect(episodeViewOf(life.state, 0)).toMatchObject({ phase: 'reporting', withoutResponse: true });
    expect(unitPageOf(life.state, 'education', at('2026-01-20 12:00'))).toMatchObject({ dailyReports: [], tasks: [] });
    // The follow-up report and the review stay.
    expect(life.of('follow-up.missed')).toHaveLength(1);
    expect(life.of('review.missed')).toHaveLength(1);
    sound(life, '2026-01-20 12:00');
  });

  test('what is still owed of acknowledgements is withdrawn; reports and summaries are refused; the review closes it', () => {
    const life = announced();
    life.do(`${DAY} 14:10`, liftOf(`${DAY} 14:10`));
    expect(life.of('deadline.withdrawn').map(({ data }) => data.deadline)).toEqual([
      'acknowledgement',
      'acknowledgement',
      'acknowledgement',
    ]);
    const content = { work: '', lessons: '', shortcomings: '', proposals: '' };
    expect(life.do(`${DAY} 15:00`, { kind: 'submitSummary', unitId: 'education', content })).toMatchObject({
      type: 'response-cancelled',
    });
    expect(life.do(`${DAY} 15:00`, { kind: 'evaluate', text: '有效', supplements: [] })).toMatchObject({
      type: 'response-cancelled',
    });
    life.do(`${DAY} 15:00`, { kind: 'submitFollowUp', text: '未启动应急响应' });
    life.do(`${DAY} 15:01`, { kind: 'saveReview', content: { conclusions: '未启动', planRevisionNeeded: false } });
    life.do(`${DAY} 15:02`, { kind: 'publishReview' });
    expect(life.of('review.published')[0]!.data.missingSummaries).toEqual([]);
    expect(life.state.phase).toBe('closed');
    sound(life, `${DAY} 15:03`);
  });

  test('a lifting after its effect ends a response as ever', () => {
    const life = announced();
    life.do(`${DAY} 18:00`, liftOf(`${DAY} 18:00`, '2026-01-11 09:00'));
    expect(episodeViewOf(life.state, 0).withoutResponse).toBeUndefined();
    life.passTo('2026-01-11 10:00');
    expect(effects(life)).toEqual(['response.started n1', 'response.ended n2']);
  });
});

describe('a notice entered ahead overtakes nothing until it is in force', () => {
  /** Nobody's server takes anything: what still waits is what has not been withdrawn. */
  const away = () => [
    { contact: 'liaison', contactHash: 'h', channel: 'email' as const, outcome: 'deferred' as const, reason: 'away' },
  ];
  const waiting = (life: Life) =>
    life
      .of('unit.notified')
      .flatMap(({ unitId, seq, data }) =>
        unitId === 'education' && life.state.messages[`unit:education:${seq}`] ? [data.noticeId] : [],
      );

  test('a start announced, then an adjustment that comes first', () => {
    const life = new Life(binding, away);
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', EFFECT));
    life.do(`${DAY} 16:00`, adjustOf('N2', `${DAY} 16:00`, 'red', '2026-01-11 02:00'));
    life.passTo('2026-01-11 01:59');
    expect(waiting(life)).toEqual(['n1', 'n2']);
    life.passTo('2026-01-11 02:00');
    expect(waiting(life)).toEqual(['n2']);
  });

  test('an adjustment', () => {
    const life = new Life(binding, away);
    life.do(`${DAY} 18:00`, startOf(`${DAY} 18:00`));
    life.do(`${DAY} 18:20`, adjustOf('N2', `${DAY} 18:20`, 'orange', EFFECT));
    life.passTo('2026-01-11 07:59');
    expect(waiting(life)).toEqual(['n1', 'n2']);
    life.passTo(EFFECT);
    expect(waiting(life)).toEqual(['n2']);
  });

  test('a lifting, of a response and of an announcement', () => {
    for (const start of [startOf(`${DAY} 14:00`), startOf(`${DAY} 14:00`, 'yellow', EFFECT)]) {
      const life = new Life(binding, away);
      life.do(`${DAY} 14:00`, start);
      life.do(`${DAY} 14:10`, liftOf(`${DAY} 14:10`, `${DAY} 18:00`));
      life.passTo(`${DAY} 17:59`);
      expect(waiting(life)).toEqual(['n1', 'n2']);
      life.passTo(`${DAY} 18:00`);
      expect(waiting(life)).toEqual(['n2']);
    }
  });
});

describe('§3.1.5 the expected end', () => {
  const END = '2026-01-12T14:00:00+08:00';
  const withEnd = (post?: ConstructorParameters<typeof Life>[1]) => {
    const life = new Life(binding, post);
    life.do(`${DAY} 14:00`, { ...startOf(`${DAY} 14:00`), expectedEndAt: END } as CommandBody);
    return life;
  };
  const asked = (life: Life) => life.of('end.asked').map(({ episodeTime }) => episodeTime.slice(8, 16));

  test('the office is asked two hours before it, at it, and every twelve hours by day; nothing ends by itself', () => {
    const life = withEnd();
    life.passTo('2026-01-13 20:00');
    expect(asked(life)).toEqual(['12T12:00', '12T14:00', '13T09:00', '13T14:00']);
    expect(life.state.phase).toBe('active');
    expect(life.of('end.asked')[0]).toMatchObject({ clause: '3.1.5', data: { noticeId: 'n1', expectedEndAt: END } });
    const shown = { at: END, passed: true, askedAt: '2026-01-13T14:00:00.000+08:00' };
    expect(episodeViewOf(life.state, at('2026-01-13 20:00'))).toMatchObject({ expectedEndAt: END, expectedEnd: shown });
    expect(boardOf(life.state, at('2026-01-13 20:00')).expectedEnd).toEqual(shown);
    sound(life, '2026-01-13 20:00');
  });

  test('at red it is asked at night too; after an outage not in the night, but in the morning', () => {
    const red = withEnd();
    red.do(`${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'red'));
    red.passTo('2026-01-13 03:00');
    expect(asked(red)).toEqual(['12T12:00', '12T14:00', '13T02:00']);
    const off = withEnd();
    off.passTo('2026-01-12 14:00');
    off.take(at('2026-01-14 02:00'), []);
    off.passTo('2026-01-14 09:00');
    expect(asked(off)).toEqual(['12T12:00', '12T14:00', '14T09:00']);
    sound(off, '2026-01-14 09:00');
  });

  test.each([
    ['lifted', liftOf('2026-01-12 12:30', '2026-01-13 00:00'), undefined],
    [
      'longer',
      { ...adjustOf('N2', '2026-01-12 12:30', 'yellow'), expectedEndAt: '2026-01-14T14:00:00+08:00' },
      '14T12:00',
    ],
    ['open', { ...adjustOf('N2', '2026-01-12 12:30', 'yellow'), expectedEndAt: null }, undefined],
  ])('a notice answers: %s', (_, body, next) => {
    const life = withEnd();
    expect(life.do('2026-01-12 12:30', body as CommandBody)).toMatchObject({ status: 'accepted' });
    expect(life.state.endAskedAt).toBeUndefined();
    life.passTo('2026-01-14 12:00');
    expect(asked(life)).toEqual(['12T12:00', ...(next ? [next] : [])]);
    sound(life, '2026-01-14 12:00');
  });

  test('an adjustment after it that gives no end leaves it open; one before it keeps it', () => {
    const late = withEnd();
    expect(late.do('2026-01-12 15:00', adjustOf('N2', '2026-01-12 15:00', 'yellow'))).toMatchObject({
      status: 'accepted',
    });
    expect(episodeViewOf(late.state, 0).expectedEndAt).toBeUndefined();
    const early = withEnd();
    early.do(`${DAY} 15:00`, adjustOf('N2', `${DAY} 15:00`, 'red'));
    expect(episodeViewOf(early.state, 0).expectedEndAt).toBe(END);
  });

  test('after an outage the office is asked once', () => {
    const life = withEnd();
    life.take(at('2026-01-13 09:00'), []);
    expect(asked(life)).toEqual(['13T09:00']);
    life.passTo('2026-01-13 20:00');
    expect(asked(life)).toEqual(['13T09:00', '13T14:00']);
    sound(life, '2026-01-13 20:00');
  });

  test('a question that no server took is withdrawn by the answer, and replaced by the next', () => {
    const deferred = { contact: 'duty', contactHash: 'h', channel: 'sms' as const, outcome: 'deferred' as const };
    const life = withEnd(() => [{ ...deferred, reason: 'away' }]);
    const waiting = () =>
      Object.values(life.state.messages)
        .filter(({ asks }) => asks === 'end')
        .map(({ key }) => key);
    life.passTo('2026-01-12 12:00');
    expect(waiting()).toHaveLength(1);
    const [first] = waiting();
    life.passTo('2026-01-12 14:00');
    expect(waiting()).toHaveLength(1);
    expect(waiting()).not.toEqual([first]);
    life.do('2026-01-12 14:10', { kind: 'lift', notice: noticeOfLife('NL', '2026-01-12 14:10') });
    expect(waiting()).toEqual([]);
  });
});
