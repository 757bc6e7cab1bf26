import { expect, test } from '@jest/globals';
import type { Entry } from '../episode/entries.js';
import { type DeliveryKey, markFailed, markSending, markTaken } from './deliveries.js';
import { claimNotice, type NoticeClaim, restoreClaims } from './notices.js';
import { keepPersonalData } from './people/personal-data.js';
import { missingOf } from './references.js';
import { forgetRestoration, notedRestorations, notePerhapsSent, noteRestoration } from './restorations.js';
import { onBothDatabases } from './testing/databases.js';

const key = (message: string): DeliveryKey => ({ episodeId: 'e1', message, contact: 'c', channel: 'email' });

onBothDatabases('after a ledger lost its end', (database) => {
  test('a message that may have gone out is marked so, whatever its row says, unless it was taken', async () => {
    const keys = ['lost', 'failed', 'taken', 'other'].map(key);
    const [, failed, taken] = keys;
    await markSending(database(), [failed!, taken!]);
    await markFailed(database(), failed!, 'x');
    await markTaken(database(), taken!, 'id');
    await notePerhapsSent(database(), 'e1', ['lost', 'failed', 'taken']);
    await notePerhapsSent(database(), 'e1', ['lost']);
    expect(await markSending(database(), keys)).toEqual(['open', 'open', 'taken', 'new']);
  });

  test('what was done is noted once by workers that do it at once, and forgotten when the record has it', async () => {
    const restoration = { how: 'begun-again' as const, firstSeq: 1, lastSeq: 7 };
    await Promise.all([1, 2, 3].map(() => noteRestoration(database(), 'e1', restoration)));
    await noteRestoration(database(), 'e1', { ...restoration, lastSeq: 9 });
    const [first, ...others] = await notedRestorations(database());
    expect([first!.restoration, others.length]).toEqual([restoration, 1]);
    await forgetRestoration(database(), first!.restorationId);
    expect(await notedRestorations(database())).toEqual(others);
  });

  test('what entries name and the database no longer has is counted', async () => {
    const caller = await keepPersonalData(database(), 'caller', '张三');
    const [file, paper] = ['a'.repeat(64), 'b'.repeat(64)];
    const entry = (data: object) => ({ data }) as unknown as Entry;
    const entries = [
      entry({ attachmentIds: [file, file], onBehalf: caller }),
      entry({ content: { attachmentIds: [file] } }),
      entry({ paper }),
      entry({ paper: { hash: 'c'.repeat(64), name: '通知.docx', size: 9 } }),
    ];
    expect(await missingOf(database(), entries)).toEqual({ attachments: 1, papers: 2, people: 0 });
    expect(await missingOf(database(), [entry({ onBehalf: caller })])).toBeUndefined();
    expect(await missingOf(database(), [entry({ onBehalf: { reference: 'gone', hash: 'h' } })])).toEqual({
      attachments: 0,
      papers: 0,
      people: 1,
    });
  });

  test('numbers of notices are claimed again, but not from those who have them', async () => {
    const claim: NoticeClaim = {
      ...{ scope: 'real', number: '1号', contentHash: 'h1', commandId: 'c1', episodeId: 'e1', kind: 'start' },
    };
    await claimNotice(database(), claim, 0);
    const lost = { ...claim, number: '2号', commandId: 'c2' };
    await restoreClaims(database(), [{ ...claim, commandId: 'c9' }, lost], 5);
    expect(await claimNotice(database(), { ...lost, commandId: 'c3', contentHash: 'h3' }, 9)).toEqual({
      status: 'conflict',
      row: lost,
    });
    expect(await claimNotice(database(), { ...claim, contentHash: 'h3' }, 9)).toEqual({
      status: 'conflict',
      row: claim,
    });
  });
});
