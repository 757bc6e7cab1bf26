/** The logs of the whole program at their most talkative: nothing of a person, and the way of a command by its ids. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type MailServer, smtpError, startMailServer } from '../activities/testing/mail-server.js';
import { firstAccounts } from '../app/demo/program.js';
import { eventually } from '../lib/testing/eventually.js';
import { loadEditionById } from '../plan/edition/edition.js';
import { everyUnitActs, signInAll, startReal } from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { linesLogged } from './support/logged.js';
import { installRealProgram, type RunningProgram } from './support/program.js';

const TEXT = '东风路工地已停工，张师傅在场';
let folder: string;
let mail: MailServer;
let program: RunningProgram;
let passwords: string[];

const lines = () => linesLogged(folder);

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-logs-'));
  // A server that says the address back, as many do.
  mail = await startMailServer({
    onRecipient: (address) => {
      throw smtpError(550, `5.1.1 <${address}> no such mailbox`);
    },
  });
  await temporalProgram();
  program = await installRealProgram(folder, { LOG_LEVEL: 'trace', SMTP_URL: mail.url });
  const address = /http:\S+/.exec((await program.ready) ?? '')?.[0];
  if (address === undefined) throw new Error(program.complaints());
  const accounts = await firstAccounts(folder);
  passwords = accounts.map(({ password }) => password);
  const cast = await signInAll(address, accounts);
  await everyUnitActs(cast, await startReal(cast.office), TEXT);
  await eventually(
    'mails are refused',
    () => lines().filter(({ msg, outcome }) => msg === 'delivery' && outcome === 'failed').length,
    (failed) => failed > 0,
  );
}, FIRST_TIME);
afterAll(async () => {
  program.process.kill('SIGKILL');
  await program.ended;
  await mail.close();
  rmSync(folder, { recursive: true, force: true });
});

test('no file has a contact, an address, a number, a password or a text', () => {
  const { contacts } = loadEditionById('shuimogou-2025');
  const people = Object.values(contacts).flat();
  const personal = people.flatMap(({ name, email, sms, phone }) =>
    [name, email, sms, phone].filter((one) => one !== undefined),
  );
  expect(personal.length).toBeGreaterThan(30);
  const logs = path.join(folder, 'logs');
  const all = readdirSync(logs)
    .map((name) => readFileSync(path.join(logs, name), 'utf8'))
    .join('\n');
  expect([...new Set([...personal, ...passwords, TEXT])].filter((one) => all.includes(one))).toEqual([]);
});

test('from a request to its entries and messages by the ids of episode and command', () => {
  const [started] = lines().filter(({ method, path: at }) => method === 'POST' && at === '/api/v1/episodes');
  const { requestId, episodeId, commandId } = started!;
  expect([requestId, episodeId, commandId].every((id) => typeof id === 'string')).toBe(true);
  const stored = lines().filter(
    ({ msg, commandIds }) => msg === 'entries stored' && String(commandIds).includes(String(commandId)),
  );
  expect(stored).toMatchObject([{ episodeId, seqs: expect.arrayContaining([1]) }]);
  const deliveries = lines().filter(({ msg }) => msg === 'delivery');
  expect(deliveries.every((line) => line.episodeId === episodeId)).toBe(true);
});
