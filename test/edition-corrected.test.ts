/**
 * The edition's files are corrected during an episode. After the restart the episode keeps the words it was bound to.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { MockActivityEnvironment } from '@temporalio/testing';
import { pino } from 'pino';
import { createActivities } from '../activities/index.js';
import { createApp, createContext } from '../api/app.js';
import { type TestApp, testApp } from '../api/testing/app.js';
import { RULES_VERSION } from '../episode/state.js';
import { Life, startOf } from '../episode/testing/life.js';
import { verify } from '../ledger/chain/verification.js';
import { keepEdition } from '../ledger/editions.js';
import { store } from '../ledger/testing/stored.js';
import { bindingOf, type Edition, editionOfContent } from '../plan/edition/edition.js';

const UNIT = 'education';
const publicUrl = 'https://qingkong.example';

let app: TestApp;
let restarted: Server;
let life: Life;
let corrected: Edition;
const mails: string[] = [];

/** Another wording of every message and of every task, and the unit's first task gone. */
function correct(edition: Edition): Edition {
  const dropped = tasksUnder(edition)[0]!.id;
  const content = JSON.parse(edition.content);
  content.plan.items = content.plan.items.filter(({ id }: { id: string }) => id !== dropped);
  for (const { paragraphs } of content.plan.document)
    for (const paragraph of paragraphs)
      for (const one of [paragraph, ...(paragraph.parts ?? [])]) one.text = `（更正）${one.text}`;
  for (const event of Object.values<{ text: string }>(content.messages.events)) event.text = `（更正）${event.text}`;
  return { ...editionOfContent(JSON.stringify(content)), contacts: edition.contacts };
}

const tasksUnder = ({ items }: Edition) =>
  items.filter(({ levels, units }) => levels.includes('III') && units.includes(UNIT));

beforeAll(async () => {
  app = await testApp();
  const { database, edition } = app;
  life = new Life(bindingOf(edition, RULES_VERSION), () => 'under way');
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  await store(database, 'e1', life);

  corrected = correct(edition);
  await keepEdition(database, corrected);
  const { blobs, engine } = app;
  const log = pino({ level: 'silent' });
  const context = createContext({ database, blobs, engine, edition: corrected, log, clock: app.now, publicUrl });
  restarted = createApp(context).listen(0);
  await once(restarted, 'listening');
});
afterAll(async () => {
  const closed = once(restarted, 'close');
  restarted.close();
  restarted.closeAllConnections();
  await closed;
  await app.close();
});

test('the unit’s page has every task, in the words of the start', async () => {
  const { port } = restarted.address() as AddressInfo;
  const page = await fetch(`http://127.0.0.1:${port}/api/v1/episodes/e1/units/${UNIT}`, {
    headers: { Authorization: `Bearer ${await app.signIn(UNIT)}` },
  });
  const { tasks } = (await page.json()) as { tasks: Array<{ taskId: string; text: string }> };
  const told = Object.fromEntries(tasks.map(({ taskId, text }) => [taskId, text]));
  expect(told).toEqual(Object.fromEntries(tasksUnder(app.edition).map(({ id }) => [id, app.edition.textOf(id)])));
});

test('a later mail has the words of the start’s edition', async () => {
  const { deliver } = createActivities({
    database: app.database,
    channels: {
      email: {
        send: async ({ key, text }) => {
          mails.push(text);
          return { outcome: 'taken', messageId: key };
        },
      },
      close: () => undefined,
    },
    publicUrl,
    inForce: app.edition,
    temporal: {} as Client,
    log: pino({ level: 'silent' }),
  });
  const messages = Object.values(life.state.messages).flatMap(({ key, to }) =>
    to.kind === 'unit' && to.unitId === UNIT ? [key] : [],
  );
  await new MockActivityEnvironment().run(deliver, { episodeId: 'e1', messages });
  expect(mails.length).toBeGreaterThan(0);
  for (const mail of mails) {
    expect(mail).not.toContain('更正');
    for (const { id } of tasksUnder(app.edition)) expect(mail).toContain(app.edition.sentenceOf(id));
  }
});

test('the record still holds', async () => {
  expect(await verify(app.database, 'e1')).toMatchObject({ valid: true });
});
