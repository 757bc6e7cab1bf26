/** A mail server that accepts connections and never answers holds nobody up, and loses no mail (design §4). */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { smtpMailer } from '../activities/channels/smtp.js';
import { type MailServer, startMailServer } from '../activities/testing/mail-server.js';
import type { Engine } from '../platform/temporal/engine.js';
import { historyOf, startDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

const DRILLS = 4;

/** While set, the server neither greets nor takes a recipient: nothing has been sent when it is given up. */
let silence: Promise<void> | undefined;
const unlessSilent = async (): Promise<void> => silence;

let mailServer: MailServer;
let engine: Engine;
let installation: Installation;

beforeAll(async () => {
  mailServer = await startMailServer({ onConnection: unlessSilent, onRecipient: unlessSilent });
  engine = await startTestEngine();
  installation = await openInstallation(
    engine,
    smtpMailer({ url: mailServer.url, from: '晴空 <qingkong@office.example>', patience: 500 }),
  );
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
  await mailServer?.close();
});

const timed = async <T>(work: Promise<T>): Promise<{ result: T; milliseconds: number }> => {
  const before = performance.now();
  return { result: await work, milliseconds: performance.now() - before };
};
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

describe('a mail server that hangs', () => {
  test('starting and acknowledging stay as fast; when it is back every mail is sent once', async () => {
    const { office, units } = installation.cast;

    /** Starts drills one after the other; in each every unit acknowledges at once, while the mails are still going out. */
    const played = async () => {
      const drills: string[] = [];
      const starts: number[] = [];
      const acknowledgements: number[] = [];
      for (let n = 0; n < DRILLS; n += 1) {
        const start = await timed(startDrill(office, { timeScale: 1 }));
        drills.push(start.result);
        starts.push(start.milliseconds);
        const acknowledged = await Promise.all(
          units.map((unit) => timed(unit.command('POST', `${start.result}/units/${unit.username}/acknowledgement`))),
        );
        acknowledgements.push(...acknowledged.map(({ milliseconds }) => milliseconds));
      }
      return { drills, start: median(starts), acknowledgement: median(acknowledgements) };
    };
    /** Waits until every unit's message has ended; answers the entries about messages. */
    const posted = async (drill: string) => {
      for (;;) {
        const entries = await historyOf(office, drill);
        const ends = entries.filter(({ data }) => 'final' in data && data.final);
        if (ends.length === units.length) return entries.filter(({ kind }) => kind.startsWith('notification.'));
        await pause(100);
      }
    };

    const warmUp = await played();
    const quiet = await played();
    for (const drill of [...warmUp.drills, ...quiet.drills]) await posted(drill);
    const before = mailServer.mails.length;

    let speakAgain = () => {};
    silence = new Promise((resolve) => {
      speakAgain = resolve;
    });
    const hanging = await played();
    expect(mailServer.mails).toHaveLength(before);
    expect(hanging.start).toBeLessThanOrEqual(5 * quiet.start + 200);
    expect(hanging.acknowledgement).toBeLessThanOrEqual(5 * quiet.acknowledgement + 200);

    silence = undefined;
    speakAgain();
    const kinds = (await Promise.all(hanging.drills.map(posted))).flat();
    expect(new Set(kinds.map(({ kind }) => kind))).toEqual(new Set(['notification.sent', 'notification.deferred']));
    const ids = mailServer.mails.slice(before).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(DRILLS * units.length * 2);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await installation.expectReplays(...quiet.drills, ...hanging.drills)).toBe(2 * DRILLS);
  }, 120_000);
});
