import { expect, test } from '@jest/globals';
import { archivedRuns, readRun, storeRun } from './chain/archives.js';
import { type DeliveryKey, markFailed, markSending, markTaken, takenOf } from './deliveries.js';
import { abandonKey, claimKey, finishKey, releaseKey } from './idempotency.js';
import { claimNotice, type NoticeClaim, releaseNotice, replaceCutOff } from './notices.js';
import { contactsOf, replaceContacts, seedContacts } from './people/contacts.js';
import { markHandedOver, type NotedReceipt, noteReceipt, receiptsToHandOver } from './receipts.js';
import { settingOrElse } from './settings.js';
import { onBothDatabases } from './testing/databases.js';

const claim: NoticeClaim = {
  scope: 'real',
  number: '乌环委办〔2025〕1号',
  contentHash: 'h1',
  commandId: 'c1',
  episodeId: 'e1',
  kind: 'start',
};

onBothDatabases('notices', (database) => {
  test('a number is claimed once: again with its content the same, with another a conflict', async () => {
    expect(await claimNotice(database(), claim, 0)).toEqual({ status: 'claimed', row: claim });
    const again = { ...claim, commandId: 'c2', episodeId: 'e2' };
    expect(await claimNotice(database(), again, 0)).toEqual({ status: 'same', row: claim });
    expect(await claimNotice(database(), { ...again, contentHash: 'h2' }, 0)).toEqual({
      status: 'conflict',
      row: claim,
    });
  });

  test('one of several processes that claim a number at once gets it, and all learn which', async () => {
    const claims = ['c1', 'c2', 'c3', 'c4', 'c5'].map((commandId) => ({ ...claim, commandId }));
    const results = await Promise.all(claims.map((one) => claimNotice(database(), one, 0)));
    expect(results.map(({ status }) => status).sort()).toEqual(['claimed', 'same', 'same', 'same', 'same']);
    expect(new Set(results.map(({ row }) => row.commandId)).size).toBe(1);
  });

  test('a number given back is free again; numbers of a drill are its own', async () => {
    await claimNotice(database(), claim, 0);
    await releaseNotice(database(), 'c1');
    expect(await claimNotice(database(), { ...claim, contentHash: 'h2' }, 0)).toMatchObject({ status: 'claimed' });
    const inDrill = { ...claim, scope: 'drill-1', commandId: 'c9' };
    expect(await claimNotice(database(), inDrill, 0)).toMatchObject({ status: 'claimed' });
  });
});

onBothDatabases('a claim that was cut off', (database) => {
  const other = { ...claim, contentHash: 'h2', commandId: 'c2', episodeId: 'e2' };

  test('gives way to another content after a minute, not before, and not while it is claimed again', async () => {
    await claimNotice(database(), claim, 0);
    expect(await replaceCutOff(database(), claim, other, 59_999)).toBe(false);
    await claimNotice(database(), { ...claim, commandId: 'c3' }, 30_000);
    expect(await replaceCutOff(database(), claim, other, 60_000)).toBe(false);
    expect(await replaceCutOff(database(), claim, other, 90_000)).toBe(true);
    expect(await claimNotice(database(), claim, 90_000)).toEqual({ status: 'conflict', row: other });
  });

  test('stays for good once its command is in the ledger, given back or not', async () => {
    await claimNotice(database(), claim, 0);
    const made = { chain_id: 'e1', command_id: 'c1', body_hash: 'b', seq: 1 };
    await database().db.insertInto('commands').values(made).execute();
    expect(await replaceCutOff(database(), claim, other, 90_000)).toBe(false);
    await releaseNotice(database(), 'c1');
    expect(await claimNotice(database(), other, 90_000)).toEqual({ status: 'conflict', row: claim });
  });
});

onBothDatabases('deliveries', (database) => {
  const key = (contact: string, delivery = 'unit:education:2'): DeliveryKey => ({
    episodeId: 'e1',
    message: delivery,
    contact,
    channel: 'email',
  });

  test('a retry knows taken and open deliveries; a refused one is tried afresh', async () => {
    const keys = [key('lead:1'), key('liaison:1'), key('liaison:2')];
    expect(await markSending(database(), keys)).toEqual(['new', 'new', 'new']);
    await markTaken(database(), keys[0]!, '<m1@qingkong>');
    await markFailed(database(), keys[1]!, '550 no such user');

    const retried = [keys[2]!, keys[0]!, keys[1]!, key('lead:1', 'unit:education:9')];
    expect(await markSending(database(), retried)).toEqual(['open', 'taken', 'failed', 'new']);
    expect(await markSending(database(), keys)).toEqual(['taken', 'open', 'open']);
    expect(await markSending(database(), [])).toEqual([]);
    // What was open is perhaps taken twice, however often it is asked for.
    for (const one of keys.slice(1)) await markTaken(database(), one, '<m2@qingkong>');
    await markSending(database(), keys);
    expect(await takenOf(database(), 'e1', [keys[0]!.message])).toEqual(
      new Map([
        [
          keys[0]!.message,
          new Map([
            ['lead:1/email', {}],
            ['liaison:1/email', { perhapsTwice: true }],
            ['liaison:2/email', { perhapsTwice: true }],
          ]),
        ],
      ]),
    );
  });

  test('a taken delivery stays taken, with its message id', async () => {
    await markSending(database(), [key('lead:1')]);
    await markTaken(database(), key('lead:1'), '<m1@qingkong>');
    await markFailed(database(), key('lead:1'), 'too late');
    await markSending(database(), [key('lead:1')]);
    const rows = await database().db.selectFrom('deliveries').select(['state', 'message_id', 'reason']).execute();
    expect(rows).toEqual([{ state: 'taken', message_id: '<m1@qingkong>', reason: null }]);
  });
});

onBothDatabases('contacts', (database) => {
  const liaison = { role: 'liaison' as const, name: '甲', email: 'a@example.com' };
  const lead = { role: 'lead' as const, name: '乙', phone: '0991-0000000' };

  test('§6.6: a holder’s list is replaced whole, each contact with a reference of its own', async () => {
    expect(await contactsOf(database(), 'education')).toEqual([]);
    await replaceContacts(database(), 'education', [liaison]);
    await replaceContacts(database(), 'education', [liaison, lead, { ...liaison, name: '丙' }]);
    expect(await contactsOf(database(), 'office')).toEqual([]);
    expect((await contactsOf(database(), 'education')).map(({ contactId, name }) => [contactId, name])).toEqual([
      ['liaison:1', '甲'],
      [expect.stringMatching(/^p-/), '乙'],
      [expect.stringMatching(/^p-/), '丙'],
    ]);
  });

  test('the edition’s are taken by holders that never had a list', async () => {
    await replaceContacts(database(), 'education', []);
    await replaceContacts(database(), 'office', [lead]);
    await seedContacts(database(), { education: [liaison], office: [liaison], city: [liaison] });
    expect(await contactsOf(database(), 'education')).toEqual([]);
    expect(await contactsOf(database(), 'office')).toEqual([{ ...lead, contactId: 'lead:1' }]);
    expect(await contactsOf(database(), 'city')).toEqual([{ ...liaison, contactId: 'liaison:1' }]);
  });
});

onBothDatabases('settings, keys, archives', (database) => {
  test('a setting is made once', async () => {
    const values = await Promise.all(['a', 'b', 'c'].map((value) => settingOrElse(database(), 'secret', () => value)));
    expect(new Set(values).size).toBe(1);
    expect(await settingOrElse(database(), 'secret', () => 'd')).toBe(values[0]);
  });

  test('a key is claimed once; later claims learn its content, and whether it is done', async () => {
    const claims = await Promise.all(['h1', 'h2', 'h3'].map((hash) => claimKey(database(), 'c1', hash)));
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1);
    const first = ['h1', 'h2', 'h3'][claims.indexOf('claimed')]!;
    expect(await claimKey(database(), 'c1', first)).toEqual({ bodyHash: first, done: false });
    await finishKey(database(), 'c1', first);
    await releaseKey(database(), 'c1');
    expect(await claimKey(database(), 'c1', 'h4')).toEqual({ bodyHash: first, done: true });
  });

  test('a key given back is free; one whose work was cut off is free to the same body alone', async () => {
    await claimKey(database(), 'c1', 'h1');
    await releaseKey(database(), 'c1');
    expect(await claimKey(database(), 'c1', 'h2')).toBe('claimed');
    await abandonKey(database(), 'c1');
    expect(await claimKey(database(), 'c1', 'h3')).toEqual({ bodyHash: 'h2', done: false });
    expect(await claimKey(database(), 'c1', 'h2')).toBe('claimed');
  });

  test('a run’s history is stored once and comes back as it was', async () => {
    const content = Buffer.from(JSON.stringify({ events: Array.from({ length: 2_000 }, (_, i) => ({ eventId: i })) }));
    await storeRun(database(), { chainId: 'e1', runId: 'run-1', content: content, previousRunId: null });
    await storeRun(database(), {
      chainId: 'e1',
      runId: 'run-1',
      content: Buffer.from('something else'),
      previousRunId: null,
    });
    const read = await readRun(database(), 'e1', 'run-1');
    expect(Buffer.from(read!).equals(content)).toBe(true);
    expect(await readRun(database(), 'e1', 'run-2')).toBeUndefined();
    const [run] = await archivedRuns(database(), 'e1');
    expect(run).toEqual({
      chainId: 'e1',
      runId: 'run-1',
      previousRunId: null,
      bytes: content.length,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('a history that was changed is not given out', async () => {
    await storeRun(database(), { chainId: 'e1', runId: 'run-1', content: Buffer.from('history'), previousRunId: null });
    await database()
      .db.updateTable('archives')
      .set({ sha256: 'f'.repeat(64) })
      .execute();
    await expect(readRun(database(), 'e1', 'run-1')).rejects.toMatchObject({ name: 'LedgerConflict' });
  });
});

onBothDatabases('receipts', (database) => {
  test('a key that is pressed after its receipt is handed over too, also where the receipt was handed over before', async () => {
    const key: DeliveryKey = { episodeId: 'e9', message: 'unit:education:2', contact: 'liaison:1', channel: 'call' };
    const note = async (acknowledged: boolean) =>
      ((await noteReceipt(database(), 'call', 'k1', { outcome: 'delivered', acknowledged })) as NotedReceipt[])[0]!;
    const left = async () => (await receiptsToHandOver(database(), 10)).map(({ pressed }) => pressed);
    await markSending(database(), [key]);
    await markTaken(database(), key, 'k1', true);
    const arrived = await note(false);
    expect(await left()).toEqual([false]);
    const pressed = await note(true);
    await markHandedOver(database(), arrived);
    expect(await left()).toEqual([true]);
    await markHandedOver(database(), pressed);
    expect(await left()).toEqual([]);

    const other = { ...key, contact: 'liaison:2' };
    await markSending(database(), [other]);
    await markTaken(database(), other, 'k2', true);
    const [alone] = (await noteReceipt(database(), 'call', 'k2', { outcome: 'delivered' })) as NotedReceipt[];
    await markHandedOver(database(), alone!);
    await noteReceipt(database(), 'call', 'k2', { outcome: 'delivered', acknowledged: true });
    expect(await left()).toEqual([true]);
  });
});
