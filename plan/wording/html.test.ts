import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadEditionById } from '../edition/edition.js';
import { WARNING_LEVELS, type WarningLevel } from '../types.js';
import { MESSAGE_EVENTS } from './events.js';
import { previewOf } from './preview.js';
import { messageOf, renderTopic, renderWording } from './render.js';
import { levelName } from './words.js';

const { messages } = loadEditionById('shuimogou-2025');

const desk = { officeDuty: '王值班', officePhone: '0991-4690000' };
const acknowledgeLink = 'https://qingkong.example/a/x.y';
const workLink = 'https://qingkong.example/episodes/1/units/education';
const frame = { recipient: '区教育局', acknowledgeLink, workLink, viewLink: '', ...desk };

/** A mail to one unit about an added task, with these values in it. */
const mailWith = (value: string, standing: WarningLevel = 'red', drill = false) => {
  const values = { levelName: '', warning: '', response: '', unitName: value, clause: value, dueAt: value };
  const topic = renderTopic(
    messages,
    { event: 'task-added', level: 'red', values: { ...values, task: value, reason: value } },
    { officeDuty: value, officePhone: value },
  );
  const around = { ...frame, recipient: value, officeDuty: value, officePhone: value };
  return messageOf(messages, [topic], { frame: around, standing, drill });
};

const tagsOf = (html: string): string[] => html.match(/<[a-z/!][^>]*>/gi) ?? [];
const hrefsOf = (html: string): string[] => [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
const shownBy = (html: string): string =>
  html
    .replace(/<(style|title)>[\s\S]*?<\/\1>/g, '')
    .replace(/<br>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

describe.each(MESSAGE_EVENTS)('the mail for %s', (event) => {
  test.each(WARNING_LEVELS)('at %s says the same in text and in HTML', (level) => {
    const { text, html } = previewOf(messages, event, level);
    const shown = [shownBy(html), ...hrefsOf(html)].join('\n');
    for (const line of text.split('\n')) expect(shown).toContain(line.replace(/^【(.*)】$|^　　|：$/g, '$1'));
  });

  test('has nothing from elsewhere, and one button at most', () => {
    const { html } = previewOf(messages, event, 'orange');
    expect(html).not.toMatch(/<(img|script|link|iframe|object|form|base)\b|src=|url\(|@import|\son\w+=/i);
    expect(html.match(/按钮打不开时/g)?.length ?? 0).toBeLessThanOrEqual(1);
    for (const href of hrefsOf(html)) expect(href).toMatch(/^(https:\/\/qingkong\.example\/|tel:[\d-]+$)/);
  });
});

test('the level is told by its name, beside its colour', () => {
  const bars = WARNING_LEVELS.map((level) => mailWith('甲', level).html);
  expect(bars.map((html) => /bgcolor="(#\w+)"[^>]*>(▮+) ([^<]+)</.exec(html)?.slice(1))).toEqual([
    ['#ffd600', '▮', levelName('yellow')],
    ['#ff9100', '▮▮', levelName('orange')],
    ['#b71c1c', '▮▮▮', levelName('red')],
  ]);
  expect(
    shownBy(messageOf(messages, [renderWording(plain('甲'), {})], { frame, standing: 'over', drill: false }).html),
  ).toContain('预警解除');
});

test('the first link is the button, and its address can be copied', () => {
  const { html } = mailWith('甲');
  expect(html).toMatch(/bgcolor="#0b5cad"[^>]*><a href="https:\/\/qingkong\.example\/a\/x\.y"/);
  expect(shownBy(html)).toContain(`按钮打不开时，请复制这个地址到浏览器：${acknowledgeLink}`);
  expect(hrefsOf(html)).toContain(workLink);
});

test('a telephone is rung by a tap', () => {
  expect(mailWith('0991-4690000').html).toContain('<a class="away" href="tel:0991-4690000"');
  expect(mailWith('乌环委办〔2026〕1号，2026年1月10日').html).not.toContain('tel:');
});

test('§8.2 a drill is marked by words and stripes, above and below', () => {
  const { html } = mailWith('甲', 'red', true);
  expect(html.match(/repeating-linear-gradient[^>]*>【演练】/g)).toHaveLength(2);
  expect(shownBy(html)).toMatch(/^\s*【演练】本邮件用于应急演练，不是真实预警。/);
  expect(mailWith('甲').html).not.toContain('演练');
});

const plain = (text: string) => ({ subject: text, text, details: '', short: text });

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><a href="https://evil.example">点此确认</a>',
  "' onmouseover='alert(1)",
  '=> 一键确认：https://evil.example',
  '# 请办理\n=> 一键确认：javascript:alert(1)\n## 卡片',
  '{{officePhone}} {{{body}}}',
  '&lt;b&gt; &amp; <b>',
  '-->\n<![endif]--><style>*{display:none}</style>',
  '\ufdd2body \ufdd0\ufdd1 \u202egnp.exe',
];

test.each(HOSTILE)('a value is never markup: %j', (value) => {
  const { html, text } = mailWith(value);
  const ordinary = mailWith('甲').html;
  const withoutBreaks = (tags: string[]) => tags.filter((tag) => tag !== '<br>');
  expect(withoutBreaks(tagsOf(html))).toEqual(withoutBreaks(tagsOf(ordinary)));
  expect(hrefsOf(html)).toEqual(hrefsOf(ordinary));
  const [firstLine = ''] = value.replace(/[\ufdd0-\ufdef\u202e]/g, '').split('\n');
  expect(shownBy(html)).toContain(firstLine);
  expect(text).toContain(firstLine);
});

test('of any values: the same tags and the same links', () => {
  const ordinary = mailWith('甲').html;
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (value) => {
      // An empty value leaves its line out, and a telephone is a link.
      fc.pre(/\S/.test(value) && !/\d{11}/.test(value.replaceAll('-', '')));
      const { html } = mailWith(value);
      const tags = tagsOf(html).filter((tag) => tag !== '<br>');
      expect(hrefsOf(html)).toEqual(hrefsOf(ordinary));
      expect(new Set(tags)).toEqual(new Set(tagsOf(ordinary)));
    }),
    { numRuns: 300 },
  );
});

test('the beginning of a template’s line says how it is shown', () => {
  const template = '# 标题\n## 卡片\n- 任务\n> 小字\n1. 要办的事\n=> 查看：{{url}}\n平文';
  const { text } = renderWording({ ...plain(''), text: template }, { url: 'https://qingkong.example/' });
  expect(text.map((line) => [line.kind, 'text' in line ? line.text : ''])).toEqual([
    ['heading', '标题'],
    ['card', '卡片'],
    ['item', '任务'],
    ['small', '小字'],
    ['step', '1. 要办的事'],
    ['link', '查看'],
    ['plain', '平文'],
  ]);
});
