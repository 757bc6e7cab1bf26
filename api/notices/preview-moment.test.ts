/** A preview reads people, rosters and channels as of one moment. */
import { afterEach, expect, test } from '@jest/globals';
import type { KyselyPlugin } from 'kysely';
import type { Database } from '../../ledger/database.js';
import { replaceContacts } from '../../ledger/people/contacts.js';
import { replaceDutyRows } from '../../ledger/people/roster.js';
import { openInMemory } from '../../ledger/testing/in-memory.js';
import { databaseSource, startRequestBody, type TestApp, testApp } from '../testing/app.js';

const UNIT = 'education';
const { open } = databaseSource;
let app: TestApp | undefined;
afterEach(async () => {
  databaseSource.open = open;
  await app?.close();
});

/** Calls `then` once, as soon as somebody who was asked to be watched has read the contacts. */
function watching(then: () => void): { plugin: KyselyPlugin; watch(): void } {
  let watches = false;
  const reads = new WeakSet<object>();
  const plugin: KyselyPlugin = {
    transformQuery({ node, queryId }) {
      if (node.kind === 'SelectQueryNode' && JSON.stringify(node.from).includes('"contacts"')) reads.add(queryId);
      return node;
    },
    async transformResult({ result, queryId }) {
      if (watches && reads.has(queryId)) {
        watches = false;
        then();
      }
      return result;
    },
  };
  return {
    plugin,
    watch: () => {
      watches = true;
    },
  };
}

test('§6.1 contacts that are replaced meanwhile are seen as they were: nobody is on duty and missing at once', async () => {
  let database: Database | undefined;
  let replaced: Promise<unknown> = Promise.resolve();
  const { plugin, watch } = watching(() => {
    replaced = replaceContacts(database!, UNIT, [
      { contactId: 'b', role: 'liaison', name: '乙', email: 'b@education.cn' },
    ]);
  });
  databaseSource.open = async () => {
    database = await openInMemory();
    return { ...database, db: database.db.withPlugin(plugin) };
  };
  app = await testApp();
  const preview = async () => {
    const { body } = await app!.ask('POST', '/api/v1/episodes/preview', {
      as: 'office',
      body: startRequestBody(app!.now()),
    });
    const { recipients, warnings } = body as unknown as {
      recipients: { items: Array<{ unitId: string; people: Array<{ name: string; onDuty: boolean }> }> };
      warnings: Array<{ kind: string; unitId?: string }>;
    };
    return {
      onDuty: recipients.items.find(({ unitId }) => unitId === UNIT)!.people.map(({ name }) => name),
      isWithoutGap: warnings.every(({ kind, unitId }) => kind !== 'roster-gap' || unitId !== UNIT),
    };
  };
  await replaceContacts(app.database, UNIT, [{ contactId: 'a', role: 'liaison', name: '甲', email: 'a@education.cn' }]);
  const days = ['2026-01-09', '2026-01-10', '2026-01-11', '2026-01-12'];
  const rows = days.map((date) => ({ date, from: '00:00', until: '00:00', contactId: 'a' }));
  await replaceDutyRows(app.database, UNIT, { from: days[0]!, until: days.at(-1)! }, rows);
  const before = { onDuty: ['甲'], isWithoutGap: true };
  expect(await preview()).toEqual(before);
  watch();
  expect(await preview()).toEqual(before);
  await replaced;
  expect(await preview()).toEqual({ onDuty: ['乙'], isWithoutGap: false });
});
