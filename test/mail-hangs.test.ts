/**
 * A mail server that accepts connections and never answers delays nobody and loses no mail (docs/design.md,
 * "Deliveries").
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Mailer } from '../activities/channels/channel.js';
import { smtpMailer } from '../activities/channels/smtp.js';
import { type MailServer, startMailServer } from '../activities/testing/mail-server.js';
import type { Entry } from '../episode/entries.js';
import { eventually } from '../lib/testing/eventually.js';
import type { Engine } from '../platform/temporal/engine.js';
import { historyOf, startDrill } from './support/drill.js';
import { FIRST_TIME, startTestEngine } from './support/engine.js';
import { type Installation, openInstallation } from './support/installation.js';
import type { Person } from './support/person.js';

const DRILLS = 4;
/** Fewer than the batches of all drills. */
const SENT_AT_ONCE = 2;
/** Units that do not acknowledge. */
const SILENT = 3;

/** While set, the server neither greets nor takes a recipient, so nothing has been sent when it is given up. */
let silence: Promise<void> | undefined;
const unlessSilent = async (): Promise<void> => silence;

/** One installation gives a silent server up soon, the other waits as long as the server likes. */
let hurried: Mailer;
let patient: Mailer;
let mailer: Mailer;
let mailServer: MailServer;
let engine: Engine;
let installation: Installation;

beforeAll(async () => {
  mailServer = await startMailServer({ onConnection: unlessSilent, onRecipient: unlessSilent });
  const mailerWith = (patience: number) =>
    smtpMailer({ url: mailServer.url, from: '晴空 <qingkong@office.example>', patience });
  hurried = mailerWith(500);
  patient = mailerWith(120_000);
  mailer = hurried;
  engine = await startTestEngine();
  installation = await openInstallation(engine, {
    mailer: { send: (...message) => mailer.send(...message), close: () => undefined },
    messageSlots: SENT_AT_ONCE,
  });
}, FIRST_TIME);
afterAll(async () => {
  await installation?.close();
  await engine?.close();
  hurried?.close();
  patient?.close();
  await mailServer?.close();
});

/** Outcomes of the mail of the start's notice to each unit: taken, or no longer needed. */
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

/**
 * Starts drills one after the other. In each, all but a few units acknowledge at once, while the mails are still going
 * out.
 */
const play = async (): Promise<string[]> => {
  const { office, units } = installation.cast;
  const drills: string[] = [];
  for (let n = 0; n < DRILLS; n += 1) {
    const drill = await startDrill(office, { timeScale: 1 });
    drills.push(drill);
    const acknowledge = (unit: Person) => unit.command('POST', `${drill}/units/${unit.username}/acknowledgement`);
    await Promise.all(units.slice(SILENT).map(acknowledge));
  }
  return drills;
};

/** Waits until the records of all drills are as wished; answers them. */
const onceInAll = (drills: string[], wish: (entries: Entry[]) => boolean): Promise<Entry[][]> =>
  Promise.all(
    drills.map((drill) => eventually('the record', () => historyOf(installation.cast.office, drill), wish, 500)),
  );

const isPosted = (entries: Entry[]) =>
  installation.cast.units.every(({ username }) => endsOf(entries).get(username)!.length > 0);
const isPutOff = (entries: Entry[]) => entries.some(({ kind }) => kind === 'notification.deferred');

const hang = (): (() => void) => {
  let speakAgain = () => {};
  silence = new Promise((resolve) => {
    speakAgain = () => {
      silence = undefined;
      resolve();
    };
  });
  return speakAgain;
};

describe('a mail server that hangs', () => {
  afterEach(() => {
    mailer = hurried;
  });

  test('when it is back, every unit gets the mail once, those too that have acknowledged', async () => {
    const [silent, prompt] = [installation.cast.units.slice(0, SILENT), installation.cast.units.slice(SILENT)];
    const before = mailServer.mails.length;
    const speakAgain = hang();
    const drills = await play();
    await onceInAll(drills, isPutOff);
    expect(mailServer.mails).toHaveLength(before);

    // From now on it is only slow, as the machine may be.
    mailer = patient;
    speakAgain();
    const records = await onceInAll(drills, isPosted);
    for (const entries of records) {
      const ends = endsOf(entries);
      for (const { username } of silent) expect([username, ends.get(username)]).toEqual([username, ['sent']]);
      // Whoever acknowledged still gets the text.
      for (const { username } of prompt) expect([username, ends.get(username)]).toEqual([username, ['sent']]);
    }
    const ids = mailServer.mails.slice(before).map(({ messageId }) => messageId);
    const sent = records.flat().filter(({ kind }) => kind === 'notification.sent');
    expect(ids).toHaveLength(sent.length);
    expect(new Set(ids).size).toBe(ids.length);
    expect(await installation.expectReplays(...drills)).toBe(DRILLS);
  });

  test('with more hanging batches than slots, starts and acknowledgements are answered all the same', async () => {
    mailer = patient;
    const before = mailServer.mails.length;
    const speakAgain = hang();
    // If the batches were in the way, nobody would get an answer before they end, because the server is silent until
    // then.
    const drills = await play();
    expect(mailServer.mails).toHaveLength(before);
    speakAgain();
    await onceInAll(drills, isPosted);
  });
});
