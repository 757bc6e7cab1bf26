/** What the public media are told (§3.1.4). */
import { expect, test } from '@jest/globals';
import type { CommandBody, IssueTextCommand } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import { of } from '../../episode/testing/entries-of.js';
import { at, binding, Life, liftOf, startOf } from '../../episode/testing/life.js';
import { desk, shippedWords } from '../testing/life.js';
import { broadcastOf } from './broadcast.js';

const DAY = '2026-01-10';
const TEXT = '首要污染物为细颗粒物（PM2.5）。\n请减少户外活动。';
const forMedia: IssueTextCommand = {
  kind: 'issueText',
  noticeId: 'n1',
  audience: 'public',
  title: '关于启动黄色预警的公告',
  text: TEXT,
  number: '水环委办〔2026〕1号',
  broadcast: true,
};

function lived(drill = false): Life {
  const life = new Life(binding);
  const start = startOf(`${DAY} 14:00`) as Extract<CommandBody, { kind: 'start' }>;
  life.do(`${DAY} 14:00`, drill ? { ...start, drill: { timeScale: 1 } } : start);
  life.do(`${DAY} 14:10`, forMedia);
  life.do(`${DAY} 17:00`, liftOf(`${DAY} 17:00`));
  return life;
}

const told = (life: Life, entry: Entry) =>
  broadcastOf({
    publicUrl: 'https://qingkong.example',
    state: life.state,
    entries: [entry],
    announcements: [],
    now: at(`${DAY} 18:00`),
    circulars: new Map(),
    digests: new Map(),
    texts: new Map(life.of('text.issued').map((one) => [one.seq, one])),
    textOf: () => '',
    edition: shippedWords,
    desk,
    toRing: new Map(),
  });

test('the text is the one that was issued, letter for letter, at issue and again', () => {
  const life = lived();
  const words = { subject: forMedia.title, text: TEXT };
  const facts = { episodeId: 'e1', drill: false, warningLevel: 'yellow', number: forMedia.number };
  expect(told(life, life.of('text.issued')[0]!)).toEqual({ ...words, facts: { occasion: 'issued', ...facts } });
  expect(told(life, life.of('broadcast.repeated')[0]!)).toEqual({
    ...words,
    facts: { occasion: 'repeated', ...facts },
  });
});

test('the last word is in the edition’s words, and bears no level', () => {
  const life = lived();
  expect(told(life, life.of('broadcast.ended')[0]!)).toEqual({
    subject: '水磨沟区解除重污染天气黄色预警',
    text: '自2026年1月10日17时00分起，水磨沟区解除重污染天气黄色预警，停止播发预警信息。',
    facts: { occasion: 'ended', episodeId: 'e1', drill: false },
  });
});

test('§8.2 a drill says so first, in title and text, whatever was written', () => {
  const life = lived(true);
  for (const entry of of(life.entries, 'text.issued', 'broadcast.repeated', 'broadcast.ended')) {
    const { subject, text, facts } = told(life, entry)!;
    expect(subject).toMatch(/^【演练】/);
    expect(text).toMatch(/^【演练】以下文字用于应急演练，不是真实预警，请勿对外播放。\n\n/);
    expect(facts.drill).toBe(true);
  }
});

test('what is not for the media is none of their messages', () => {
  const life = lived();
  expect(told(life, life.of('response.started')[0]!)).toBeUndefined();
});
