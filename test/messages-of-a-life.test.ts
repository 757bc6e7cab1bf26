/**
 * Every message of a life (yellow, orange, red, orange, lifted) through the mailer, and as a browser shows it on a phone, on
 * a desk and on paper. With QINGKONG_SHOW=folder the mails and their pictures are kept there.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type ParsedMail, simpleParser } from 'mailparser';
import { outboxMailer } from '../activities/channels/outbox.js';
import { messageTo } from '../activities/messages/compose.js';
import type { Announcement, MessageInput } from '../activities/messages/message-input.js';
import { NEVER } from '../activities/testing/messages.js';
import { digestOf } from '../episode/digest.js';
import { RULES_VERSION } from '../episode/state.js';
import type { Message } from '../episode/state-types.js';
import { adjustOf, at, Life, liftOf, startOf, taken } from '../episode/testing/life.js';
import { bindingOf, loadEditionById } from '../plan/edition/edition.js';
import { describeInBrowser } from './support/browser.js';

const edition = loadEditionById('shuimogou-2025');
const desk = { officeDuty: '王值班', officePhone: '0991-4690000' };
const token = 'eyJlIjoiZS0yMDE1LTExLTI3IiwidSI6InN0cmVldC1xaWZhbmciLCJjIjoibGlhaXNvbjoxIn0.c2lnbmF0dXJl';
const units = ['street-qifang', 'education', 'publicity'];

const folder = mkdtempSync(path.join(tmpdir(), 'messages-'));
const mails: ParsedMail[] = [];
const shorts: string[] = [];

beforeAll(async () => {
  const said: Array<{ key: string; subject: string; text: string; html: string; short: string; at: number }> = [];
  const life = new Life(bindingOf(edition, RULES_VERSION), (message, now) => {
    if (message.to.kind !== 'unit' || units.includes(message.to.unitId)) {
      const words = messageTo(message.to, inputOf(life, message, now));
      said.push({ key: message.key, at: now, ...words(`https://qingkong.example/a/${token}`) });
    }
    return taken();
  });
  life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
  life.do('2026-01-11 20:00', adjustOf('N2', '2026-01-11 20:00', 'orange'));
  life.do('2026-01-12 20:00', adjustOf('N3', '2026-01-12 20:00', 'red'));
  life.do('2026-01-13 20:00', adjustOf('N4', '2026-01-13 20:00', 'orange'));
  life.do('2026-01-14 20:00', liftOf('2026-01-14 20:00'));
  life.do('2026-01-15 10:00', { kind: 'submitFollowUp', text: '现将本次重污染天气应急响应情况报告如下。' });
  life.pass(at('2026-01-16 12:00'));

  const mailer = outboxMailer({ folder, from: '晴空 <qingkong@office.example>' });
  for (const { short, ...message } of said) {
    shorts.push(short);
    const to = { name: '联络员', address: 'liaison@unit.example' };
    expect(await mailer.send({ ...message, to }, NEVER)).toMatchObject({ outcome: 'taken' });
  }
  mailer.close();
  for (const name of readdirSync(folder).sort()) mails.push(await simpleParser(readFileSync(path.join(folder, name))));
});
afterAll(() => {
  if (process.env.QINGKONG_SHOW === undefined) rmSync(folder, { recursive: true });
});

function inputOf(life: Life, message: Message, now: number): MessageInput {
  const entries = life.entries.filter(({ seq }) => message.about.includes(seq));
  const digests = new Map(
    life.of('digest.compiled').map(({ data }) => [data.date, digestOf(life.state, data.date, [])]),
  );
  return {
    publicUrl: 'https://qingkong.example',
    state: life.state,
    entries,
    announcements: life.entries.filter((entry): entry is Announcement =>
      ['warning.issued', 'level.adjusted', 'warning.lifted'].includes(entry.kind),
    ),
    now,
    circulars: new Map(),
    digests,
    texts: new Map(life.of('text.issued').map((entry) => [entry.seq, entry])),
    textOf: edition.textOf,
    edition,
    desk,
    toRing: new Map(),
  };
}

const ADDRESS = /^https:\/\/qingkong\.example\/[\w./?=-]+$/;

/** The words of an HTML part in the lines that a reader draws. */
const linesSeenIn = (html: string): string =>
  html.replace(/<(?:br|\/?(?:div|h1|p|table|td|title|tr))\b[^>]*>/g, '\n').replace(/<[^>]*>/g, '');

const htmlOf = (mail: ParsedMail): string => mail.html || '';

test('every mail has text and HTML, names the duty desk, and leaves nothing open', () => {
  expect(mails.length).toBeGreaterThan(60);
  for (const mail of mails) {
    for (const part of [mail.text!, htmlOf(mail)]) {
      expect(part).toContain('区环委办值班室（王值班）：电话');
      expect(part).not.toMatch(/undefined|\[object|\{\{|\ufffd/);
    }
    expect(mail.subject).not.toMatch(/undefined|\{\{/);
  }
});

test('every short text is read at a glance, and ends with its link', () => {
  for (const short of shorts) {
    const [text = '', link, ...rest] = short.split('\n');
    expect([...text].length).toBeLessThanOrEqual(170);
    expect(rest).toEqual([]);
    if (link !== undefined) expect(link).toMatch(/^https:\/\/\S+$/);
  }
});

test('a link is alone on its line in every part', () => {
  for (const part of [...shorts, ...mails.flatMap((mail) => [mail.text!, linesSeenIn(htmlOf(mail))])])
    for (const line of part.split('\n').filter((one) => one.includes('qingkong.example')))
      expect(line.trim()).toMatch(ADDRESS);
  for (const mail of mails.filter(({ text }) => text!.includes(token))) {
    expect(linesSeenIn(htmlOf(mail))).toMatch(new RegExp(`^\\s*https://qingkong.example/a/${token}\\s*$`, 'm'));
    expect(htmlOf(mail)).toContain(`href="https://qingkong.example/a/${token}"`);
  }
});

test('§3.1.4 the unit that publishes has the six contents in words', () => {
  const subjects = ['启动应急响应', '调整应急响应', '预警解除'];
  for (const subject of subjects) {
    const ready = mails.filter((mail) => mail.subject?.includes(subject) && mail.text?.includes('可直接发布的文字'));
    expect(ready.length).toBeGreaterThan(0);
    for (const { text } of ready) expect(text).toMatch(/^区委宣传部：/);
  }
  const [start] = mails.filter((mail) => mail.subject?.includes('启动') && mail.text?.startsWith('区委宣传部'));
  for (const content of [
    '首要污染物',
    '污染的范围',
    '可能受影响的区域',
    '可能持续的时间',
    '潜在的危险程度',
    '建议采取的措施',
  ])
    expect(start!.text).toContain(content);
});

test('no sentence of the plan ends open', () => {
  for (const { text } of mails) expect(text).not.toMatch(/^　　预案.*[，；、：]$/m);
});

describeInBrowser('in a browser', ({ folder, page, run }) => {
  test('nothing is wider than a phone or a desk', async () => {
    const kinds = new Map(mails.map((mail) => [`${mail.subject} ${mail.text!.slice(0, 6)}`, htmlOf(mail)]));
    const frames = [...kinds.values()].flatMap((html) =>
      [390, 1280].map((width) => `<iframe style="width:${width}px;border:0" srcdoc="${attribute(html)}"></iframe>`),
    );
    const measure = `onload = () => { document.title = [...document.querySelectorAll('iframe')]
      .filter((frame) => frame.contentDocument.documentElement.scrollWidth > frame.clientWidth).length + ' too wide'; }`;
    const all = page('all.html', `<!doctype html><title></title><script>${measure}</script>${frames.join('')}`);
    expect(await run('--dump-dom', `file://${all}`)).toContain('<title>0 too wide</title>');
  });

  test.each(['黄色', '橙色', '红色'])('a street’s notice of %s is printed on two pages of A4', async (level) => {
    const mail = mails.findLast(
      ({ subject, text }) =>
        subject?.includes(`【${level}预警`) && text?.startsWith('七纺街道') && /任务（共/.test(text),
    )!;
    const source = page(`${level}.html`, htmlOf(mail));
    const paper = path.join(folder, `${level}.pdf`);
    await run(`--print-to-pdf=${paper}`, '--no-pdf-header-footer', `file://${source}`);
    expect(readFileSync(paper, 'latin1').match(/\/Type\s*\/Page\b/g)!.length).toBeLessThanOrEqual(2);
  });

  if (process.env.QINGKONG_SHOW)
    test('pictures to look at', async () => {
      const show = process.env.QINGKONG_SHOW!;
      mkdirSync(show, { recursive: true });
      const seen = new Set<string>();
      for (const mail of mails) {
        const kind = `${mail.subject!.replace(/\d.*/, '')} ${mail.text!.slice(0, 4)}`;
        if (seen.has(kind)) continue;
        seen.add(kind);
        const html = attribute(htmlOf(mail));
        const frames = [390, 1280].map(
          (width) => `<iframe style="width:${width}px;height:2000px;border:0" srcdoc="${html}"></iframe>`,
        );
        const both = page('both.html', `<!doctype html><body style="margin:0;background:#888">${frames.join(' ')}`);
        const picture = path.join(show, `${String(seen.size).padStart(2, '0')}.png`);
        await run('--window-size=1690,2000', `--screenshot=${picture}`, `file://${both}`);
        writeFileSync(path.join(show, `${String(seen.size).padStart(2, '0')}.txt`), `${mail.subject}\n\n${mail.text}`);
      }
    });
});

const attribute = (html: string): string => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
