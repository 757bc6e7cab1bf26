import { describe, expect, test } from '@jest/globals';
import { drill, noticeBody } from '../testing/app.js';
import { type BadRequest, episodeToRefuse, testRefusals, wrongField } from '../testing/refusals.js';

const on = episodeToRefuse();
const toStart = { path: () => '/api/v1/episodes' };

const BAD: BadRequest[] = [
  {
    what: '§1.3 ozone, as a drill so that no other episode is the reason',
    ...toStart,
    body: () => on.start({ primaryPollutant: 'O3', drill }),
    expected: { status: 422, type: 'pollutant-not-covered', clause: '1.3' },
  },
  {
    what: '§3.1.2 a level below the city’s',
    ...toStart,
    body: () => on.start({ cityLevel: 'orange', level: 'yellow', drill }),
    expected: { status: 422, type: 'level-below-city', clause: '3.1.2' },
  },
  {
    what: 'an unknown level',
    ...toStart,
    body: () => on.start({ cityLevel: 'purple' }),
    expected: wrongField('cityLevel'),
  },
  {
    what: '§3.1.2 above the city’s level without a reason',
    ...toStart,
    body: () => on.start({ level: 'red' }),
    expected: wrongField('reason'),
  },
  {
    what: 'a notice without number',
    ...toStart,
    body: () => on.start(on.notice({ number: undefined })),
    expected: wrongField('notice.number'),
  },
  {
    what: 'a blank number',
    ...toStart,
    body: () => on.start(on.notice({ number: '  ' })),
    expected: wrongField('notice.number'),
  },
  {
    what: 'a time without offset',
    ...toStart,
    body: () => on.start(on.notice({ issuedAt: '2026-01-10T14:00:00' })),
    expected: wrongField('notice.issuedAt'),
  },
  {
    what: 'a time that is none',
    ...toStart,
    body: () => on.start(on.notice({ issuedAt: 'noon' })),
    expected: wrongField('notice.issuedAt'),
  },
  {
    what: 'the same number with other content',
    ...toStart,
    body: () => ({ ...on.running, extent: '全区' }),
    expected: { status: 409, type: 'notice-conflict' },
  },
  {
    what: 'a second real episode',
    ...toStart,
    body: () => on.start({}),
    expected: { status: 409, type: 'episode-active' },
  },
  {
    what: 'a time scale outside a drill',
    ...toStart,
    body: () => on.start({ timeScale: 60 }),
    expected: wrongField('timeScale'),
  },
  ...[0, 86_401, 1.5, '60'].map((timeScale) => ({
    what: `a time scale of ${JSON.stringify(timeScale)}`,
    ...toStart,
    body: () => on.start({ drill: { timeScale } }),
    expected: wrongField('drill.timeScale'),
  })),
  {
    what: 'a reminder of a drill before its deadline opens',
    ...toStart,
    body: () => {
      const early = { after: -45, to: 'duty', ways: [['email']] };
      const policy = { acknowledgementMinutes: 30, chains: { acknowledgement: [early] } };
      return on.start({ drill: { timeScale: 60, policy } });
    },
    expected: wrongField('drill.policy.chains.acknowledgement.0'),
  },
  {
    what: 'an unknown part of a drill’s policy',
    ...toStart,
    body: () => on.start({ drill: { timeScale: 60, policy: { patience: 1 } } }),
    expected: wrongField('drill.policy.patience'),
  },
  {
    what: 'a notice more than 72 hours ahead',
    ...toStart,
    body: () => on.start({ ...on.notice({ effectiveAt: '2026-01-13T14:00:01+08:00' }), drill }),
    expected: { status: 422, type: 'effective-time' },
  },
  {
    what: 'an adjustment that takes effect before the start',
    path: () => `${on.path}/adjustments`,
    body: () => ({ ...on.notice({ effectiveAt: '2026-01-10T13:59:59+08:00' }), cityLevel: 'orange' }),
    expected: { status: 422, type: 'effective-time' },
  },
  {
    what: '§3.1.2 an adjustment below the city’s level',
    path: () => `${on.path}/adjustments`,
    body: () => ({ ...on.notice({}), cityLevel: 'red', level: 'orange' }),
    expected: { status: 422, type: 'level-below-city', clause: '3.1.2' },
  },
  {
    what: 'an adjustment that changes nothing',
    path: () => `${on.path}/adjustments`,
    body: () => ({ ...on.notice({}), cityLevel: 'yellow' }),
    expected: { status: 409, type: 'nothing-changed' },
  },
  {
    what: 'a lifting with the number of the start',
    path: () => `${on.path}/lift`,
    body: () => ({ notice: on.running.notice }),
    expected: { status: 409, type: 'notice-conflict' },
  },
];

describe('a bad notice is refused and leaves nothing behind', () => {
  testRefusals(on, BAD);

  test('a number that was refused is free again', async () => {
    const body = { notice: noticeBody(on.app.now(), '坏通知'), cityLevel: 'orange' };
    expect((await on.app.ask('POST', `${on.path}/adjustments`, { as: 'office', body })).status).toBe(200);
  });
});
