import { describe, expect, test } from '@jest/globals';
import { loadEditionById } from '../edition/edition.js';
import { WARNING_LEVELS } from '../types.js';
import { EVENTS, MESSAGE_EVENTS } from './events.js';
import { templateFaults } from './faults.js';
import { previewOf } from './preview.js';
import { messageOf, renderTopic, renderWording } from './render.js';
import type { Messages } from './templates.js';

const { messages } = loadEditionById('shuimogou-2025');
const desk = { officeDuty: '', officePhone: '' };
const frame = { recipient: '', acknowledgeLink: '', workLink: '', viewLink: '', ...desk };
const around = { frame, standing: 'yellow', drill: false } as const;
const wording = (text: string) => ({ subject: text, text, details: '', short: text });
const topic = (text: string) => renderWording(wording(text), {});

describe.each(MESSAGE_EVENTS)('the words for %s', (event) => {
  test.each(WARNING_LEVELS)('at %s are whole: filled in, a subject of one line, a link at the end', (level) => {
    const { subject, text, short } = previewOf(messages, event, level);
    expect(subject + text + short).not.toMatch(/[{}]|undefined|\[object/);
    expect(subject).not.toMatch(/\n/);
    expect(text).toMatch(/\S\n$/);
    expect(text).not.toMatch(/\n{3}/);
    if (!['city', 'desk', 'media'].includes(EVENTS[event].to)) expect(short).toMatch(/^[^\n]+：\nhttps:\/\/\S+$/);
  });
});

test('whom a notice wakes, the short text tells what to do, level, by when, whom to ring, and where', () => {
  const { short } = previewOf(messages, 'start', 'red');
  expect(short).toMatch(/^通知中小学、幼儿园停止户外课程和活动，当日抽查，收齐学校回执。红色预警·I级响应/);
  for (const told of ['请区教育局', '1月10日14:30前确认', '值班电话0991-4690000', '/a/']) expect(short).toContain(told);
  expect(short).not.toMatch(/\d项任务/);
});

test('a level may have words of its own, in part', () => {
  const events = { ...messages.events, news: { ...wording('寻常'), levels: { red: { short: '紧急' } } } };
  const shorts = WARNING_LEVELS.map((level) =>
    renderTopic({ ...messages, events } as Messages, { event: 'news', level, values: { levelName: '' } }, desk),
  );
  expect(shorts.map(({ subject, short }) => [subject, short])).toEqual([
    ['寻常', '寻常'],
    ['寻常', '寻常'],
    ['寻常', '紧急'],
  ]);
});

test('values stand as they are: no HTML, and no template within them', () => {
  const values = { name: '<b>“甲”&{{secret}}</b>', secret: 'x' };
  expect(renderWording(wording('{{name}}'), values)).toMatchObject({
    subject: values.name,
    text: [{ text: values.name }],
  });
});

test('a subject is one line, whatever people wrote into it', () => {
  const { subject } = renderWording(wording('通知{{number}}'), { number: '1号\r\nBcc: all@example.org' });
  expect(subject).toBe('通知1号 Bcc: all@example.org');
});

test('half a character, a control character or a mark of direction in a value leaves no part of a message', () => {
  const values = { name: '甲\ud842\u0007\u202e乙𠮷' };
  const { subject, short, text } = renderWording(wording('{{name}}'), values);
  expect([subject, short, text]).toEqual(['甲乙𠮷', '甲乙𠮷', [{ kind: 'plain', text: '甲乙𠮷' }]]);
});

test('a drill is marked first in subject, text and short text, whatever the templates say (§8.2)', () => {
  const { subject, text, short } = messageOf(messages, [topic('甲')], { ...around, drill: true });
  expect(subject).toBe('【演练】甲');
  expect(text).toBe('【演练】本邮件用于应急演练，不是真实预警。\n\n甲\n\n区环委办值班室\n');
  expect(short).toBe('【演练】甲');
});

test('several things to tell are one message', () => {
  const links = { ...frame, recipient: '区教育局', workLink: 'https://qingkong.example/1' };
  expect(messageOf(messages, [topic('甲。'), topic('乙。')], { ...around, frame: links })).toMatchObject({
    subject: '甲。',
    text: `区教育局：\n\n甲。\n\n乙。\n\n登录办理：\nhttps://qingkong.example/1\n\n区环委办值班室。不便操作的，可来电由办公室代办。\n`,
    short: '甲。乙。办理：\nhttps://qingkong.example/1',
  });
});

test('a value cannot be put in as markup', () => {
  for (const token of ['{{{levelName}}}', '{{&levelName}}'])
    expect(templateFaults(token, EVENTS.news.placeholders)).toEqual(['请写成 {{levelName}}，不要用三个花括号或 &']);
});

test('a section within itself, or too deep, is a fault: rendered, it would grow without bounds', () => {
  const { placeholders } = EVENTS.start;
  const within = (depth: number) => `${'{{#tasks}}'.repeat(depth)}x${'{{/tasks}}'.repeat(depth)}`;
  expect(templateFaults(within(1), placeholders)).toEqual([]);
  expect(templateFaults(within(400), placeholders)).toEqual([expect.stringContaining('自己的段落')]);
  const deep = ['tasks', 'done', 'noticeText', 'expectedEnd', 'text'].reduce(
    (inner, name) => `{{#${name}}}${inner}{{/${name}}}`,
    'x',
  );
  expect(templateFaults(deep, placeholders).length).toBeGreaterThan(0);
});
