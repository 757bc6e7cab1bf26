import { describe, expect, test } from '@jest/globals';
import { type BadRequest, episodeToRefuse, ON_UNIT, testRefusals, wrongField } from '../testing/refusals.js';

const OTHER = 'construction';
const on = episodeToRefuse();

const BAD: BadRequest[] = [
  {
    what: '§5.1 a report for a day before the response',
    method: 'PUT',
    path: on.ownUnit('/daily-reports/2026-01-09'),
    as: ON_UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: { status: 422, type: 'report-day', clause: '5.1' },
  },
  {
    what: '§5.1 a report for a day in the future',
    method: 'PUT',
    path: on.ownUnit('/daily-reports/2026-01-11'),
    as: ON_UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: { status: 422, type: 'report-day', clause: '5.1' },
  },
  {
    what: 'a report for another unit',
    method: 'PUT',
    path: () => `${on.path}/units/${OTHER}/daily-reports/2026-01-10`,
    as: ON_UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: { status: 403, type: 'not-allowed' },
  },
  {
    what: 'a report of a day that is none',
    method: 'PUT',
    path: on.ownUnit('/daily-reports/2026-02-30'),
    as: ON_UNIT,
    body: () => ({ text: '无', figures: {} }),
    expected: wrongField('date'),
  },
  {
    what: 'figures that are no numbers',
    method: 'PUT',
    path: on.ownUnit('/daily-reports/2026-01-10'),
    as: ON_UNIT,
    body: () => ({ text: '无', figures: { 工地: '12' } }),
    expected: wrongField('figures.工地'),
  },
  {
    what: 'an unknown episode',
    path: () => `/api/v1/episodes/unknown/units/${ON_UNIT}/acknowledgement`,
    as: ON_UNIT,
    body: () => ({}),
    expected: { status: 404, type: 'not-found' },
  },
  {
    what: 'an unknown unit',
    path: () => `${on.path}/units/nobody/acknowledgement`,
    body: () => ({}),
    expected: { status: 404, type: 'unit-unknown' },
  },
  {
    what: 'an unknown unit to add',
    path: () => `${on.path}/units`,
    body: () => ({ unitId: 'nobody' }),
    expected: { status: 404, type: 'unit-unknown' },
  },
  {
    what: 'a unit to add that is neither known nor described',
    path: () => `${on.path}/units`,
    body: () => ({ name: '新单位' }),
    expected: wrongField('unitId'),
  },
  {
    what: 'an unknown task',
    path: on.ownUnit('/tasks/nothing/completion'),
    as: ON_UNIT,
    body: () => ({ note: '' }),
    expected: { status: 404, type: 'task-unknown' },
  },
  {
    what: 'tasks completed together, of which one is unknown',
    path: on.ownUnit('/tasks/completions'),
    as: ON_UNIT,
    body: () => ({ taskIds: ['duty-all-watch', 'nothing'], note: '' }),
    expected: { status: 404, type: 'task-unknown' },
  },
  {
    what: 'no task to complete together',
    path: on.ownUnit('/tasks/completions'),
    as: ON_UNIT,
    body: () => ({ taskIds: [], note: '' }),
    expected: wrongField('taskIds'),
  },
  {
    what: 'a task that is not applicable, without a reason',
    path: on.ownUnit('/tasks/duty-all-watch/not-applicable'),
    as: ON_UNIT,
    body: () => ({ reason: ' ' }),
    expected: wrongField('reason'),
  },
  {
    what: 'a task that was never said to be not applicable, taken back',
    path: on.ownUnit('/tasks/duty-all-watch/not-applicable/withdrawal'),
    as: ON_UNIT,
    body: () => ({ reason: '有' }),
    expected: { status: 409, type: 'task-applicable' },
  },
  {
    what: '§5.2 a summary before the lifting',
    method: 'PUT',
    path: on.ownUnit('/summary'),
    as: ON_UNIT,
    body: () => ({ work: '一', lessons: '二', shortcomings: '三', proposals: '四' }),
    expected: { status: 409, type: 'episode-not-lifted' },
  },
  {
    what: '§5.1 a follow-up report before the lifting',
    path: () => `${on.path}/follow-up-report/submission`,
    body: () => ({}),
    expected: { status: 409, type: 'episode-not-lifted' },
  },
];

describe('what a unit or the office may not do is refused and leaves nothing behind', () => {
  testRefusals(on, BAD);

  test('and the episode goes on', async () => {
    const answered = await on.app.ask('POST', `${on.path}/units/${ON_UNIT}/acknowledgement`, { as: ON_UNIT, body: {} });
    expect(answered).toMatchObject({ status: 200, body: { entry: { kind: 'unit.acknowledged' } } });
  });
});
