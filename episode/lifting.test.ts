import { describe, expect, test } from '@jest/globals';
import type { Binding, ByLevel, WarningLevel } from '../plan/types.js';
import type { CommandBody } from './commands.js';
import { lifeFaultsOf } from './testing/invariants.js';
import { at, binding, Life, liftOf, startOf } from './testing/life.js';
import { stepsAbout } from './testing/steps.js';
import { boardOf, unitPageOf } from './views.js';

const DAY = '2026-01-10';
const acknowledge: CommandBody = { kind: 'acknowledge', unitId: 'education' };

const asking = (liftingAcknowledgement: number | false | ByLevel<number | false> = 120): Binding => ({
  ...binding,
  policy: { ...binding.policy, liftingAcknowledgement },
});

/** In force since 14:00 and lifted at an hour. */
function lifted(when = `${DAY} 16:00`, level: WarningLevel = 'yellow', edition = asking()): Life {
  const life = new Life(edition);
  life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, level));
  life.do(`${DAY} 14:05`, acknowledge);
  life.do(when, liftOf(when));
  return life;
}

const rowOf = (life: Life, when: string) =>
  boardOf(life.state, at(when)).units.find((row) => row.unitId === 'education')!;
const sound = (life: Life, when: string) => expect(lifeFaultsOf(life.entries, at(when))).toEqual([]);

describe('§3.1.5 the acknowledgement of a lifting', () => {
  test('is owed by every unit that is told, from the telling on, and outlives the response', () => {
    const life = lifted();
    expect(life.state.phase).toBe('reporting');
    expect(rowOf(life, `${DAY} 16:01`)).toMatchObject({
      confirmation: 'unconfirmed',
      lifting: { noticeId: 'n2', noticeNumber: 'NL', dueAt: '2026-01-10T18:00:00.000+08:00', status: 'pending' },
      acknowledgements: [{ noticeId: 'n1', status: 'acknowledged' }],
    });
    expect(life.do(`${DAY} 17:00`, acknowledge)).toMatchObject({ status: 'accepted', repeated: false });
    expect(rowOf(life, `${DAY} 17:00`)).toMatchObject({
      confirmation: 'confirmed',
      lifting: { status: 'acknowledged', acknowledgedAt: '2026-01-10T17:00:00.000+08:00' },
    });
    expect(life.of('unit.acknowledged').at(-1)).toMatchObject({ clause: '3.1.5', data: { noticeIds: ['n2'] } });
    expect(life.do(`${DAY} 17:05`, acknowledge)).toMatchObject({ status: 'accepted', repeated: true });
    sound(life, `${DAY} 17:06`);
  });

  test('is reminded of once, then missed, and nobody above is told; an answer after it is late', () => {
    const life = lifted();
    life.passTo('2026-01-12 16:00');
    expect(stepsAbout(life.entries, 'lifting')).toEqual(Array(3).fill('17:30 reminded duty'));
    expect(life.of('lifting.missed').map(({ unitId, episodeTime }) => [unitId, episodeTime])).toEqual(
      ['education', 'street-a', 'street-b'].map((unitId) => [unitId, '2026-01-10T18:00:00.001+08:00']),
    );
    expect(life.of('lifting.missed')[0]!.clause).toBe('3.1.5');
    expect(rowOf(life, '2026-01-12 16:00').lifting!.status).toBe('missed');
    life.do('2026-01-12 17:00', acknowledge);
    expect(unitPageOf(life.state, 'education', at('2026-01-12 17:00')).lifting!.status).toBe('late');
    sound(life, '2026-01-12 17:01');
  });

  test.each(['yellow', 'red'] as const)('at %s it falls due by day: told at 21:00, due at 09:00', (level) => {
    const life = lifted(`${DAY} 21:00`, level);
    expect(rowOf(life, `${DAY} 21:00`).lifting!.dueAt).toBe('2026-01-11T09:00:00.000+08:00');
    sound(life, `${DAY} 21:01`);
  });

  test('before the lifting takes effect one command answers all that is open', () => {
    const life = new Life(asking());
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
    life.do(`${DAY} 14:10`, liftOf(`${DAY} 14:10`, `${DAY} 20:00`));
    life.do(`${DAY} 14:20`, acknowledge);
    expect(life.of('unit.acknowledged')[0]!.data.noticeIds).toEqual(['n1', 'n2']);
    life.passTo(`${DAY} 20:00`);
    expect(life.of('deadline.withdrawn').map(({ data }) => data.deadline)).not.toContain('lifting');
    sound(life, `${DAY} 20:00`);
  });

  test('is not given by a command that names the notices before it: a key or a link told of no other', () => {
    const life = new Life(asking());
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`));
    life.do(`${DAY} 14:04`, liftOf(`${DAY} 14:04`));
    const named = { kind: 'acknowledge' as const, unitId: 'education', noticeIds: ['n1'] };
    expect(life.do(`${DAY} 14:05`, named)).toMatchObject({ status: 'refused', type: 'episode-lifted' });
    expect(life.of('unit.acknowledged')).toEqual([]);
    life.do(`${DAY} 14:06`, { ...named, noticeIds: ['n1', 'n2'] });
    expect(life.of('unit.acknowledged')).toMatchObject([{ data: { noticeIds: ['n2'] } }]);
    sound(life, `${DAY} 14:07`);
  });

  test('is asked for where there was no response, too: who prepares has to stop', () => {
    const life = new Life(asking());
    life.do(`${DAY} 14:00`, startOf(`${DAY} 14:00`, 'yellow', '2026-01-11 08:00'));
    life.do(`${DAY} 14:10`, liftOf(`${DAY} 14:10`));
    expect(life.do(`${DAY} 14:30`, acknowledge)).toMatchObject({ status: 'accepted', repeated: false });
    life.passTo('2026-01-12 14:00');
    expect(life.of('lifting.missed').map(({ unitId }) => unitId)).toEqual(['street-a', 'street-b']);
    sound(life, '2026-01-12 14:00');
  });

  test('that is still open is withdrawn by the publication of the review', () => {
    const life = lifted(`${DAY} 21:00`);
    life.do(`${DAY} 21:30`, { kind: 'submitFollowUp', text: '信息报送' });
    life.do(`${DAY} 21:31`, { kind: 'saveReview', content: { conclusions: '有效', planRevisionNeeded: false } });
    life.do(`${DAY} 21:32`, { kind: 'publishReview' });
    const withdrawn = life.of('deadline.withdrawn').filter(({ data }) => data.deadline === 'lifting');
    expect(withdrawn.map(({ data }) => data.reason)).toEqual(Array(3).fill('episode-closed'));
    expect(life.state.phase).toBe('closed');
    sound(life, `${DAY} 21:33`);
  });

  test('may be off, at one level too: then nothing is asked for, and after lifting nothing acknowledged', () => {
    for (const off of [false as const, { yellow: false as const, orange: 60, red: 60 }]) {
      const life = lifted(`${DAY} 16:00`, 'yellow', asking(off));
      expect(life.of('unit.notified').at(-1)!.data.acknowledgementDueAt).toBeUndefined();
      expect(rowOf(life, `${DAY} 16:00`).lifting).toBeUndefined();
      expect(life.do(`${DAY} 17:00`, acknowledge)).toMatchObject({ type: 'episode-lifted' });
    }
  });
});
