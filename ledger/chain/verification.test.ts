import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Life, startOf } from '../../episode/testing/life.js';
import { keepPaper } from '../papers.js';
import { readState } from '../reading/reading.js';
import { onBothDatabases } from '../testing/databases.js';
import { withoutTriggers } from '../testing/empty.js';
import { drillUnderWay, store, wholeLife } from '../testing/stored.js';
import { sha256 } from './chain.js';
import { rebuild } from './rebuild.js';
import { verify } from './verification.js';

const whole = wholeLife();
const total = whole.entries.length;
const fifth = whole.entries[4]!;
const { hash: _hash, ...changed } = { ...fifth, actor: { accountId: 'forger', role: 'office' } };
const forgedText = JSON.stringify(changed);

onBothDatabases('verification', (database) => {
  const tamper = (...statements: string[]) =>
    withoutTriggers(database().db, async (trx) => {
      for (const statement of statements) await sql.raw(statement).execute(trx);
    });

  test('a chain that holds is valid, with its length and the hash of its end', async () => {
    await store(database(), 'e1', whole, [7]);
    expect(await verify(database(), 'e1')).toEqual({
      valid: true,
      entries: total,
      head: whole.entries.at(-1)!.hash,
      differences: [],
    });
  });

  test('simultaneous callers share one walk, and other chains wait for it', async () => {
    await store(database(), 'e1', whole);
    await store(database(), 'e2', drillUnderWay());
    const [first, second, other] = await Promise.all(['e1', 'e1', 'e2'].map((id) => verify(database(), id)));
    expect(second).toBe(first);
    expect(other).toMatchObject({ valid: true });
    await tamper(`update entries set hash = '${'e'.repeat(64)}' where seq = 5 and chain_id = 'e1'`);
    expect(await verify(database(), 'e1')).toMatchObject({ valid: false });
  });

  test('a chain longer than a page', async () => {
    const lines = [];
    let previousHash = '0'.repeat(64);
    for (let seq = 1; seq <= 1_200; seq += 1) {
      const canonical = JSON.stringify({ kind: 'x', previousHash, seq });
      previousHash = sha256(canonical);
      lines.push({ chain_id: 'long', seq, kind: 'x', unit_id: null, canonical, hash: previousHash });
    }
    await database().db.insertInto('entries').values(lines).execute();
    expect(await verify(database(), 'long')).toMatchObject({ valid: true, entries: 1_200, head: previousHash });
    await tamper(`update entries set canonical = canonical || ' ' where seq = 777`);
    expect(await verify(database(), 'long')).toMatchObject({ valid: false, entries: 1_200, firstBadSeq: 777 });
  });

  test('a problem of the read model that the record does not tell so, and a rebuild of it', async () => {
    await store(database(), 'e1', whole);
    const rows = () => database().db.selectFrom('problems').selectAll().orderBy('number').execute();
    const before = await rows();
    expect(before.map(({ problem_id, open }) => [problem_id, open])).toEqual([
      ['p1', false],
      ['p2', true],
    ]);
    await tamper(`update problems set open = false where problem_id = 'p2'`);
    expect(await verify(database(), 'e1')).toMatchObject({
      valid: false,
      differences: ['读模型中问题 p2 的状态与台账不符'],
    });
    await tamper(`delete from problems`);
    await rebuild(database(), 'e1');
    expect(await rows()).toEqual(before);
    expect(await verify(database(), 'e1')).toMatchObject({ valid: true });
  });

  test('a chain that does not exist has no findings', async () => {
    expect(await verify(database(), 'unknown')).toEqual({ valid: true, entries: 0, differences: [] });
  });

  test.each([
    ['a changed text', `update entries set canonical = '${forgedText}' where seq = 5`, 5, '内容与散列值不符'],
    ['a changed hash', `update entries set hash = '${'e'.repeat(64)}' where seq = 5`, 5, '内容与散列值不符'],
    [
      'a text changed with its hash',
      `update entries set canonical = '${forgedText}', hash = '${sha256(forgedText)}', actor_role = 'office',
       account_id = 'forger' where seq = 5`,
      6,
      '与前一条的散列值不衔接',
    ],
    ['an entry removed from the middle', 'delete from entries where seq = 5', 5, '此前缺少第 5 条'],
    [
      'entries that changed places',
      `update entries as e set canonical = o.canonical, hash = o.hash, kind = o.kind, unit_id = o.unit_id
       from entries as o where e.seq in (5, 6) and o.seq = 11 - e.seq`,
      5,
      '与前一条的散列值不衔接',
    ],
    ['a changed unit to search by', `update entries set unit_id = 'forged' where seq = 5`, 5, '检索列与内容不符'],
    ['a changed kind to search by', `update entries set kind = 'forged' where seq = 5`, 5, '检索列与内容不符'],
    ['a changed clause to search by', `update entries set clause = '9.9' where seq = 5`, 5, '检索列与内容不符'],
    ['a changed actor to search by', `update entries set actor_role = 'unit' where seq = 5`, 5, '检索列与内容不符'],
    ['a changed time to search by', `update entries set episode_time = 0 where seq = 5`, 5, '检索列与内容不符'],
  ])('%s is found at its number', async (_name, statement, firstBadSeq, fault) => {
    await store(database(), 'e1', whole);
    await tamper(statement);
    const found = await verify(database(), 'e1');
    expect(found).toMatchObject({ valid: false, firstBadSeq });
    expect(found.differences[0]).toContain(fault);
  });

  test('an end cut off is found against the read model', async () => {
    await store(database(), 'e1', whole);
    await tamper(`delete from entries where seq > ${total - 2}`);
    expect(await verify(database(), 'e1')).toMatchObject({
      valid: false,
      entries: total - 2,
      differences: expect.arrayContaining(['读模型中过程的状态与台账不符']),
    });
  });

  const unit = (unitId: string) => `读模型中单位 ${unitId} 的状态与台账不符`;
  const changes: Array<[string, string, string[]]> = [
    ['a changed phase', `update episodes set phase = 'reviewing'`, ['读模型中过程的状态与台账不符']],
    [
      'a changed head',
      `update episodes set head = replace(head::text, '"drill":false', '"drill":true')::json`,
      ['读模型中过程的状态与台账不符'],
    ],
    [
      'a changed unit',
      `update episode_units set state = replace(state::text, '"missed"', '"met"')::json where unit_id = 'street-b'`,
      [unit('street-b')],
    ],
    ['a changed count', `update episode_units set late = 0, missed = 0 where unit_id = 'street-b'`, [unit('street-b')]],
    ['a unit removed', `delete from episode_units where unit_id = 'education'`, [unit('education')]],
    [
      'a unit that never joined',
      `insert into episode_units values ('e1', 'ghost', 9, '{"unitId":"ghost"}', 0, 0)`,
      [unit('ghost')],
    ],
    ['another order', `update episode_units set position = 7 where unit_id = 'street-a'`, [unit('street-a')]],
  ];
  test.each(changes)(
    '%s of the read model is found, and mended from the entries',
    async (_name, statement, differences) => {
      await store(database(), 'e1', whole);
      await tamper(statement);
      expect(await verify(database(), 'e1')).toEqual({
        valid: false,
        entries: total,
        head: whole.entries.at(-1)!.hash,
        differences,
      });
      await rebuild(database(), 'e1');
      expect(await verify(database(), 'e1')).toMatchObject({ valid: true, differences: [] });
      expect(await readState(database(), 'e1')).toEqual({ ...whole.state, commands: [] });
    },
  );

  test.each([
    ['changed', `update editions set content = '{"items":[]}'`, '的内容与散列值不符'],
    ['removed', 'delete from editions', '不在库中'],
  ])('an edition that was %s is found', async (_name, statement, fault) => {
    await store(database(), 'e1', whole);
    await tamper(statement);
    expect(await verify(database(), 'e1')).toMatchObject({
      valid: false,
      differences: [`预案版本 ${whole.state.binding.editionHash} ${fault}`],
    });
  });

  describe('a paper that entries name', () => {
    const paper = { name: '通知.docx', mediaType: 'application/docx', content: Buffer.from('通知') };
    const withPaper = async (more: (life: Life) => void = () => undefined) => {
      const hash = await keepPaper(database(), paper);
      const life = new Life();
      life.do('2026-01-10 14:00', startOf('2026-01-10 14:00'));
      const kept = { hash, name: paper.name, size: paper.content.length };
      life.do('2026-01-10 14:10', {
        kind: 'issueText',
        noticeId: 'n1',
        audience: 'units',
        title: '通知',
        text: '全文',
        paper: kept,
      });
      more(life);
      await store(database(), 'e1', life);
      return hash;
    };

    test('is verified byte for byte', async () => {
      const hash = await withPaper();
      expect(await verify(database(), 'e1')).toMatchObject({ valid: true });
      await tamper(`update papers set content = 'x'`);
      const differences = [`公文原件 ${hash} 的内容与散列值不符`];
      expect(await verify(database(), 'e1')).toMatchObject({ valid: false, differences });
    });

    test('and is gone is found, unless the record says that it was lost', async () => {
      const hash = await withPaper();
      await tamper('delete from papers');
      const differences = [`公文原件 ${hash} 不在库中`];
      expect(await verify(database(), 'e1')).toMatchObject({ valid: false, differences });
    });

    test('and was lost, as the record says, is no news', async () => {
      await withPaper((life) =>
        life.do(
          '2026-01-10 15:00',
          {
            kind: 'recordRestoration',
            how: 'from-backup',
            firstSeq: 1,
            lastSeq: 2,
            missing: { attachments: 0, papers: 1, people: 0 },
          },
          { accountId: 'system', role: 'system' },
        ),
      );
      await tamper('delete from papers');
      expect(await verify(database(), 'e1')).toMatchObject({ valid: true });
    });
  });

  test.each([
    ['a changed name of a unit', `update bindings set content = replace(content, '区教育局', '区教体局')`],
    ['a binding that is no JSON any more', `update bindings set content = 'x'`],
    [
      'a binding in the place of another',
      `insert into bindings select '${sha256('{}')}', '{}'`,
      `update episodes set binding_hash = '${sha256('{}')}'`,
    ],
  ])('%s is found against the first entry', async (_name, ...statements) => {
    await store(database(), 'e1', whole);
    await tamper(...statements);
    expect(await verify(database(), 'e1')).toMatchObject({
      valid: false,
      differences: ['过程所依据的单位、任务和时限与第 1 条所记的散列值不符'],
    });
    await expect(rebuild(database(), 'e1')).rejects.toMatchObject({ name: 'LedgerConflict' });
  });

  test('nothing is rebuilt from a chain that does not hold', async () => {
    await store(database(), 'e1', whole);
    await tamper('delete from entries where seq = 5');
    await expect(rebuild(database(), 'e1')).rejects.toMatchObject({ name: 'LedgerConflict' });
  });
});
