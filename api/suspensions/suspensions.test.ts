import { describe, expect, test } from '@jest/globals';
import { ONE_HOUR } from '../testing/app.js';
import { type BadRequest, episodeToRefuse, ON_UNIT, testRefusals, wrongField } from '../testing/refusals.js';

const on = episodeToRefuse();
const TASK = 'duty-education-reporting';
const office = { as: 'office' };
const hoursOn = (hours: number) => new Date(on.app.now() + hours * ONE_HOUR).toISOString();
const suspend = (body: object) =>
  on.app.ask('POST', `${on.path}/suspensions`, { ...office, body: { reason: '节日保障', ...body } });
const resume = (id: string, body: object = {}) =>
  on.app.ask('POST', `${on.path}/suspensions/${id}/resumption`, { ...office, body });
const pageOf = async () => (await on.app.ask('GET', `${on.path}/units/${ON_UNIT}`, office)).body;
const heldIn = (page: Record<string, unknown>) =>
  (page.tasks as Array<{ taskId: string; suspended?: object }>).filter(({ suspended }) => suspended);

describe('measures are suspended over HTTP', () => {
  test('one for one unit: shown with reason and span, and resumed', async () => {
    const made = await suspend({
      items: [TASK],
      unitIds: [ON_UNIT],
      until: hoursOn(5),
      notice: { number: '乌环委办〔2026〕2号' },
    });
    expect(made).toMatchObject({
      status: 200,
      body: {
        entry: { kind: 'suspension.ordered' },
        suspensions: [
          {
            suspensionId: 's1',
            items: [TASK],
            unitIds: [ON_UNIT],
            status: 'in-force',
            notice: { number: '乌环委办〔2026〕2号' },
          },
        ],
      },
    });
    expect((made.body.entry as { seq: number }).seq).toBe((made.body.suspensions as Array<{ seq: number }>)[0]!.seq);
    expect(heldIn(await pageOf())).toMatchObject([
      { taskId: TASK, suspended: { suspensionId: 's1', reason: '节日保障' } },
    ]);
    const board = await on.app.ask('GET', `${on.path}/board`, office);
    expect(board.body).toMatchObject({ suspensions: [{ suspensionId: 's1' }] });
    const row = (board.body.units as Array<{ unitId: string; tasks: object }>).find(({ unitId }) => unitId === ON_UNIT);
    expect(row).toMatchObject({ tasks: { suspended: 1 } });
    await on.app.pass(ONE_HOUR);
    expect(await resume('s1', { reason: '节日结束' })).toMatchObject({
      status: 200,
      body: {
        entry: { kind: 'response.resumed' },
        suspensions: [{ status: 'ended', ended: { by: 'order', reason: '节日结束' } }],
      },
    });
    expect(heldIn(await pageOf())).toEqual([]);
  });

  test('the whole response: the follow-up report names both', async () => {
    await suspend({ items: 'all', from: hoursOn(-0.5), until: hoursOn(1) });
    expect(await pageOf()).toMatchObject({
      suspended: { suspensionId: 's2' },
      implementation: [{ status: 'suspended' }],
    });
    await on.app.pass(2 * ONE_HOUR);
    expect((await pageOf()).suspended).toBeUndefined();
    const { text } = (await on.app.ask('GET', `${on.path}/follow-up-report`, office)).body;
    expect(text).toMatch(/区教育局暂停“[^”]+”，依据乌环委办〔2026〕2号。理由：节日保障。\n/);
    expect(text).toMatch(/其间自2026年1月10日14时30分起，至2026年1月10日16时止，暂停应急响应。理由：节日保障。\n/);
  });
});

describe('what makes no sense is refused, and leaves nothing behind', () => {
  const path = () => `${on.path}/suspensions`;
  const asked = (changes: object) => () => ({ items: [TASK], reason: '节日保障', ...changes });
  const bad: BadRequest[] = [
    { what: 'no reason', path, body: asked({ reason: ' ' }), expected: wrongField('reason') },
    { what: 'no measures', path, body: asked({ items: [] }), expected: wrongField('items') },
    { what: 'a measure twice', path, body: asked({ items: [TASK, TASK] }), expected: wrongField('items') },
    {
      what: 'an end before the beginning',
      path,
      body: () => asked({ from: hoursOn(2), until: hoursOn(1) })(),
      expected: wrongField('until'),
    },
    { what: 'an order that says nothing', path, body: asked({ notice: {} }), expected: wrongField('notice.number') },
    {
      what: 'an end in the past',
      path,
      body: () => asked({ from: hoursOn(-0.5), until: hoursOn(-0.2) })(),
      expected: { status: 422, type: 'suspension-time', clause: '3.1.5' },
    },
    {
      what: 'a beginning too far ahead',
      path,
      body: () => asked({ from: hoursOn(100) })(),
      expected: { status: 422, type: 'suspension-time', clause: '3.1.5' },
    },
    {
      what: 'an unknown measure',
      path,
      body: asked({ items: ['nothing'] }),
      expected: { status: 422, type: 'measure-unknown' },
    },
    {
      what: 'a measure of a level that is not in force',
      path,
      body: asked({ items: ['i-mobile-7'] }),
      expected: { status: 409, type: 'measure-not-in-force' },
    },
    {
      what: 'an unknown unit',
      path,
      body: asked({ unitIds: ['nobody'] }),
      expected: { status: 404, type: 'unit-unknown' },
    },
    {
      what: 'a resumption of none',
      path: () => `${path()}/s9/resumption`,
      body: () => ({}),
      expected: { status: 404, type: 'suspension-unknown' },
    },
    {
      what: 'a resumption of one that has ended',
      path: () => `${path()}/s1/resumption`,
      body: () => ({}),
      expected: { status: 409, type: 'suspension-ended' },
    },
    { what: 'by a unit', path, as: ON_UNIT, body: asked({}), expected: { status: 403, type: 'not-allowed' } },
  ];
  testRefusals(on, bad);
});
