import { describe, expect, test } from '@jest/globals';
import type { StartCommand } from '../../episode/commands.js';
import { adjustOf, Life, liftOf, startOf } from '../../episode/testing/life.js';
import { type CapAlert, capXml } from './cap.js';
import { capFaults } from './cap-faults.js';
import { capOfText } from './cap-of-text.js';
import type { PublicEpisode, PublishedText } from './published.js';

const source = {
  senderName: '水磨沟区生态环境保护委员会办公室',
  publicUrl: 'https://qingkong.example',
};

const words = {
  pollutant: '细颗粒物（PM2.5）',
  area: '水磨沟区',
  danger: '重度污染。',
  advice: ['减少户外运动。', '绿色出行。'],
};

const textOf = (noticeId: string, issuedAt: string, version = 1): PublishedText => ({
  noticeId,
  version,
  title: `第${noticeId}号文字 <A&B>`,
  text: '第一段\u0007。\n\n第二段。',
  issuedAt: Date.parse(`${issuedAt}+08:00`),
});

/** Announced for 20:00, raised to orange, the text of it corrected, lifted. */
function published(drill: boolean): PublicEpisode {
  const life = new Life();
  const start = startOf('2015-11-27 20:00') as StartCommand;
  life.do('2015-11-27 14:00', {
    ...start,
    expectedEndAt: '2015-11-30T12:00:00+08:00',
    ...(drill ? { drill: { timeScale: 1 } } : {}),
    notice: { ...start.notice, issuedAt: '2015-11-27T14:00:00+08:00' },
  });
  life.do('2015-11-29 10:00', adjustOf('N2', '2015-11-29 10:00', 'orange'));
  life.do('2015-12-02 00:00', liftOf('2015-12-02 00:00'));
  return {
    episodeId: 'episode-1',
    drill,
    sender: 'env-office@shuimogou.example',
    state: life.state,
    statements: [],
    wordsAt: () => words,
    texts: [
      textOf('n1', '2015-11-27 14:05'),
      textOf('n2', '2015-11-29 10:10'),
      textOf('n2', '2015-11-29 11:00', 2),
      textOf('n3', '2015-12-02 00:10'),
      textOf('n3', '2015-12-02 01:00', 2),
    ],
  };
}

describe.each([
  { drill: false, status: 'Actual' },
  { drill: true, status: 'Exercise' },
])('alerts of an episode, drill: $drill', ({ drill, status }) => {
  const episode = published(drill);
  const alerts = episode.texts.map((text) => capOfText(episode, text, source));

  test('every one is valid by the schema and by the rules beyond it', async () => {
    expect(await Promise.all(alerts.map(capFaults))).toEqual([[], [], [], [], []]);
  });

  test('each refers to all that it changes, and a lifting cancels the warning but no lifting', () => {
    const named = (alert: CapAlert) => [
      alert.status,
      alert.msgType,
      ...alert.references.map(({ identifier }) => identifier),
    ];
    expect(alerts.map(named)).toEqual([
      [status, 'Alert'],
      [status, 'Update', 'episode-1-n1-1'],
      [status, 'Update', 'episode-1-n1-1', 'episode-1-n2-1'],
      [status, 'Cancel', 'episode-1-n1-1', 'episode-1-n2-1', 'episode-1-n2-2'],
      [status, 'Cancel', 'episode-1-n1-1', 'episode-1-n2-1', 'episode-1-n2-2'],
    ]);
  });

  test('level and time are told in its words', () => {
    expect(
      alerts.map(({ info: { severity, urgency, responseType, onset, expires } }) => [
        severity,
        urgency,
        responseType,
        onset,
        expires,
      ]),
    ).toEqual([
      ['Moderate', 'Future', 'Prepare', '2015-11-27T20:00:00+08:00', '2015-11-30T12:00:00+08:00'],
      ['Severe', 'Immediate', 'Avoid', '2015-11-29T10:00:00+08:00', '2015-11-30T12:00:00+08:00'],
      ['Severe', 'Immediate', 'Avoid', '2015-11-29T10:00:00+08:00', '2015-11-30T12:00:00+08:00'],
      ['Severe', 'Past', 'AllClear', '2015-12-02T00:00:00+08:00', undefined],
      ['Severe', 'Past', 'AllClear', '2015-12-02T00:00:00+08:00', undefined],
    ]);
  });

  test('it says what everybody should do, in text that XML can hold', () => {
    const xml = capXml(alerts[0]!);
    expect(xml).toContain('<instruction>减少户外运动。\n绿色出行。</instruction>');
    expect(xml).toContain('<description>第一段。\n第二段。</description>');
    expect(xml).toContain('第n1号文字 &lt;A&amp;B');
    expect(xml.includes('<note>应急演练，不是真实预警</note>')).toBe(drill);
  });
});

test('a lifting that is the first that the public hears of cancels nothing', async () => {
  const whole = published(false);
  const episode = { ...whole, texts: whole.texts.slice(3, 4) };
  const alert = capOfText(episode, episode.texts[0]!, source);
  expect([alert.msgType, alert.references]).toEqual(['Alert', []]);
  expect(await capFaults(alert)).toEqual([]);
});

describe('what is not published', () => {
  const episode = published(true);
  const update = capOfText(episode, episode.texts[1]!, source);
  const cancel = capOfText(episode, episode.texts[3]!, source);

  test.each<[string, CapAlert]>([
    ['an Update without references', { ...update, references: [] }],
    ['a Cancel without references', { ...cancel, references: [] }],
    ['a Cancel that does not lift', { ...cancel, info: update.info }],
    ['an Alert with references', { ...update, msgType: 'Alert' }],
    ['a blank sender', { ...update, sender: ' ' }],
    ['no sender', { ...update, sender: '' }],
    ['a space in the identifier', { ...update, identifier: 'a b' }],
    ['a comma in the identifier', { ...update, identifier: 'a,b' }],
    ['a comma in the sender it refers to', { ...update, references: [{ ...update.references[0]!, sender: 'a,b' }] }],
    ['a reference to itself', { ...update, references: [{ ...update.references[0]!, identifier: update.identifier }] }],
    [
      'a reference to a later one',
      { ...update, references: [{ ...update, identifier: 'x', sent: '2016-01-01T00:00:00+08:00' }] },
    ],
    ['a drill that does not say so', { ...update, note: '' }],
    ['a time in Z', { ...update, sent: '2015-11-29T02:10:00Z' }],
    ['an onset in Z', { ...update, info: { ...update.info, onset: '2015-11-29T02:10:00Z' } }],
    ['a time with milliseconds', { ...update, sent: '2015-11-29T10:10:00.000+08:00' }],
    ['an end before it begins', { ...update, info: { ...update.info, expires: '2015-11-29T09:00:00+08:00' } }],
    ['all clear of what is to come', { ...update, info: { ...update.info, responseType: 'AllClear' } }],
    ['a blank description', { ...update, info: { ...update.info, description: ' ' } }],
    ['a status that CAP has not', { ...update, status: 'Drill' as 'Exercise' }],
    ['a severity that CAP has not', { ...update, info: { ...update.info, severity: '橙色' as 'Severe' } }],
    ['a month that is none', { ...update, sent: '2015-13-29T10:10:00+08:00' }],
  ])('%s', async (_what, alert) => {
    expect(await capFaults(alert)).not.toEqual([]);
  });
});
