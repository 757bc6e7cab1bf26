import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../lib/testing/eventually.js';
import { append } from './chain/append.js';
import { type DatabaseChange, listenToChanges } from './changes.js';
import { noteRefusal } from './channel-health.js';
import type { Listening } from './listening.js';
import { onBothDatabases } from './testing/databases.js';
import { appendOf, keepWordlessEdition, lifeUnderWay } from './testing/stored.js';

onBothDatabases('what has changed is told', (database) => {
  let heard: DatabaseChange[];
  let listening: Listening;
  beforeEach(async () => {
    await keepWordlessEdition(database());
    heard = [];
    await new Promise<void>((begun, failed) => {
      listening = listenToChanges(database(), { changed: (change) => heard.push(change), begun, failed });
    });
  });
  afterEach(() => listening.close());

  /** Notifications come in the order of their transactions: with this one, all before it have come. */
  async function allHeard(): Promise<DatabaseChange[]> {
    await noteRefusal(database(), { way: 'sms', fault: 'server', reason: '', nextTryAt: 0 }, 0);
    await eventually(
      'the last change is heard',
      () => heard.at(-1),
      (last) => last !== undefined && 'what' in last,
    );
    return heard.slice(0, -1);
  }

  test('with an append: its last number, and the units that it is about, unless it is about all', async () => {
    const { entries } = lifeUnderWay();
    const ofUnits = entries.findIndex(({ seq, unitId }) => seq > 1 && unitId !== undefined);
    await append(database(), appendOf('e1', entries.slice(0, ofUnits)));
    const about = entries.slice(ofUnits).findIndex(({ unitId }) => unitId === undefined);
    const turn = entries.slice(ofUnits, about < 0 ? undefined : ofUnits + about);
    await append(database(), appendOf('e1', turn));
    expect(await allHeard()).toEqual([
      { episodeId: 'e1', seq: entries[ofUnits - 1]!.seq },
      { episodeId: 'e1', seq: turn.at(-1)!.seq, unitIds: [...new Set(turn.map(({ unitId }) => unitId))] },
    ]);
  });

  test('but nothing that was not stored, or was stored before', async () => {
    const life = lifeUnderWay();
    await append(database(), appendOf('e1', life.entries));
    await append(database(), appendOf('e1', life.entries));
    expect(await append(database(), appendOf('e2', lifeUnderWay().entries))).toMatchObject({ status: 'refused' });
    expect(await allHeard()).toEqual([{ episodeId: 'e1', seq: life.entries.length }]);
  });
});
