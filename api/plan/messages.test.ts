import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type TestApp, testApp } from '../testing/app.js';

let app: TestApp;
beforeAll(async () => {
  app = await testApp();
});
afterAll(() => app.close());

const MESSAGES = '/api/v1/plan/messages';
const preview = (body: object) => app.ask('POST', `${MESSAGES}/preview`, { as: 'office', body });
const templates = { subject: '【{{levelName}}】请确认', text: '{{unitName}}，请确认。', short: '请{{unitName}}确认。' };

interface Item {
  event: string;
  placeholders: Array<{ name: string; rows?: Array<{ name: string }> }>;
  levels: Array<{ level: string; subject: string; short: string; template: { subject: string; short: string } }>;
}

test('every event at every level with sample values and its placeholders', async () => {
  const { status, body } = await app.ask('GET', MESSAGES, { as: 'administrator' });
  expect(status).toBe(200);
  const start = (body.items as Item[]).find(({ event }) => event === 'start')!;
  expect(start.levels.map(({ level, subject }) => [level, subject.slice(0, 10)])).toEqual([
    ['yellow', '【黄色预警·Ⅲ级响应'],
    ['orange', '【橙色预警·Ⅱ级响应'],
    ['red', '【红色预警·I级响应'],
  ]);
  expect(start.levels[0]?.template.subject).toMatch(/^【{{levelName}}】/);
  expect(start.levels[2]?.template.short).not.toBe(start.levels[0]?.template.short);
  const tasks = start.placeholders.find(({ name }) => name === 'tasks');
  expect(tasks?.rows?.map(({ name }) => name)).toEqual([
    'card',
    'number',
    'change',
    'done',
    'do',
    'assist',
    'clause',
    'text',
  ]);
  expect(body.frame).toMatchObject({ text: expect.stringContaining('{{body}}') });
});

test('the HTML part is a page in a sandbox', async () => {
  const { status, headers } = await app.ask('GET', `${MESSAGES}/start/html?level=red`, { as: 'office' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^text\/html/);
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
  expect(await app.ask('GET', `${MESSAGES}/gossip/html`, { as: 'office' })).toMatchObject({ status: 400 });
});

test('templates are tried out as they would be sent, and change nothing', async () => {
  expect(await preview({ event: 'start', level: 'red', ...templates })).toMatchObject({
    status: 200,
    body: {
      subject: '【红色预警·I级响应】请确认',
      text: expect.stringMatching(/^区教育局：\n\n区教育局，请确认。\n\n一键确认（无需登录）：\nhttps:/),
      html: expect.stringMatching(/^<!doctype html>[\s\S]*区教育局，请确认。/),
      short: expect.stringMatching(/^请区教育局确认。值班电话0991-4690000。点此确认：\nhttps:/),
    },
  });
  const { body } = await app.ask('GET', MESSAGES, { as: 'office' });
  expect(JSON.stringify(body)).not.toContain('请区教育局确认。');
});

test('a placeholder that does not exist is named with its field: 400', async () => {
  const body = { event: 'start', ...templates, text: '{{unit}}、{{#tasks}}{{nr}}{{/tasks}}', short: '{{tasks}}' };
  expect(await preview(body)).toMatchObject({
    status: 400,
    body: {
      type: '/problems/fields-invalid',
      errors: [
        { field: 'text', detail: expect.stringContaining('没有占位符“unit”，可用的有：') },
        { field: 'text', detail: expect.stringContaining('没有占位符“nr”') },
        { field: 'short', detail: expect.stringContaining('“tasks”有多行') },
      ],
    },
  });
});

test.each([
  ['an unknown event', { event: 'gossip' }, 'event'],
  ['an unknown level', { level: 'purple' }, 'level'],
  ['a subject of two lines', { subject: '一\n二' }, 'subject'],
  ['a text that is missing', { text: undefined }, 'text'],
  ['braces that do not close', { short: '{{unitName}' }, 'short'],
  ['a field that is none', { html: '<b>' }, 'html'],
])('%s is refused', async (_name, change, field) => {
  expect(await preview({ event: 'start', ...templates, ...change })).toMatchObject({
    status: 400,
    body: { errors: [{ field }] },
  });
});
