/** A mail server that accepts connections and never answers delays nobody and loses no mail (docs/design.md, "Deliveries"). */
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { smtpMailer } from '../activities/channels/smtp.js';
import { type MailServer, startMailServer } from '../activities/testing/mail-server.js';
import type { Entry } from '../episode/entries.js';
import type { Engine } from '../platform/temporal/engine.js';
import { historyOf, startDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';

const DRILLS = 4;
/** Units that do not acknowledge. */
const SILENT = 3;

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

/** How the mail of the start's notice to each unit ended: taken, or no longer needed. */
const endsOf = (entries: readonly Entry[]): Map<string, string[]> => {
  const withdrawn = new Set(
    entries.flatMap(({ kind, data }) =>
      kind === 'notification.withdrawn' && data.reason === 'answered' ? data.messages : [],
    ),
  );
  const sent = new Set(
    entries.flatMap(({ kind, data }) => (kind === 'notification.sent' && data.final ? [data.message] : [])),
  );
  return new Map(
    entries.flatMap(({ kind, unitId, seq }): Array<[string, string[]]> => {
      if (kind !== 'unit.notified') return [];
      const message = `unit:${unitId}:${seq}`;
      const ends = { withdrawn, sent };
      return [[unitId!, Object.entries(ends).flatMap(([end, those]) => (those.has(message) ? [end] : []))]];
    }),
  );
};

describe('a mail server that hangs', () => {
  test('starting and acknowledging stay as fast; when it is back who has not acknowledged gets the mail, once', async () => {
    const { office, units } = installation.cast;
    const [silent, prompt] = [units.slice(0, SILENT), units.slice(SILENT)];

    /** Starts drills one after the other; in each all but a few acknowledge at once, while the mails are still going out. */
    const played = async () => {
      const drills: string[] = [];
      const starts: number[] = [];
      const acknowledgements: number[] = [];
      for (let n = 0; n < DRILLS; n += 1) {
        const start = await timed(startDrill(office, { timeScale: 1 }));
        drills.push(start.result);
        starts.push(start.milliseconds);
        const acknowledged = await Promise.all(
          prompt.map((unit) => timed(unit.command('POST', `${start.result}/units/${unit.username}/acknowledgement`))),
        );
        acknowledgements.push(...acknowledged.map(({ milliseconds }) => milliseconds));
      }
      return { drills, start: median(starts), acknowledgement: median(acknowledgements) };
    };
    const onceIn = async (drill: string, wish: (entries: Entry[]) => boolean): Promise<Entry[]> => {
      for (;;) {
        const entries = await historyOf(office, drill);
        if (wish(entries)) return entries;
        await pause(100);
      }
    };
    const onceInAll = (drills: string[], wish: (entries: Entry[]) => boolean) =>
      Promise.all(drills.map((drill) => onceIn(drill, wish)));
    /** The mails of a start go out together: once the silent units' have ended, none is on its way. */
    const isPosted = (entries: Entry[]) => silent.every(({ username }) => endsOf(entries).get(username)!.length > 0);
    const isPutOff = (entries: Entry[]) => entries.some(({ kind }) => kind === 'notification.deferred');

    const warmUp = await played();
    const quiet = await played();
    await onceInAll([...warmUp.drills, ...quiet.drills], isPosted);
    const before = mailServer.mails.length;

    let speakAgain = () => {};
    silence = new Promise((resolve) => {
      speakAgain = resolve;
    });
    const hanging = await played();
    expect(hanging.start).toBeLessThanOrEqual(5 * quiet.start + 200);
    expect(hanging.acknowledgement).toBeLessThanOrEqual(5 * quiet.acknowledgement + 200);
    await onceInAll(hanging.drills, isPutOff);
    expect(mailServer.mails).toHaveLength(before);

    silence = undefined;
    speakAgain();
    for (const entries of await onceInAll(hanging.drills, isPosted)) {
      const ends = endsOf(entries);
      for (const { username } of silent) expect([username, ends.get(username)]).toEqual([username, ['sent']]);
      for (const { username } of prompt) expect([username, ends.get(username)]).toEqual([username, ['withdrawn']]);
    }
    const ids = mailServer.mails.slice(before).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(DRILLS * SILENT * 2);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await installation.expectReplays(...quiet.drills, ...hanging.drills)).toBe(2 * DRILLS);
  });
});
