import { expect, test } from '@jest/globals';
import { breachesOf } from '../episode/breaches.js';
import { unitsOf } from '../episode/state.js';
import { adjustOf, Life, liftOf, reportOf, startOf } from '../episode/testing/life.js';
import { entryTexts } from '../web/texts/zh-CN/entries.js';
import { ENTRY_NAMES } from './entry-names.js';
import { ledgerOf, ledgerOfUnit } from './ledger.js';
import type { LedgerInput } from './ledger-input.js';
import { recordAsCsv } from './ledger-record.js';

/** 区教育局 in time, 甲街道 late, 乙街道 silent; yellow, orange, lifted. */
function input(over: Partial<LedgerInput> = {}): LedgerInput {
  const life = new Life();
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  life.do('2015-11-27 14:10', { kind: 'acknowledge', unitId: 'education' });
  life.do('2015-11-27 15:00', { kind: 'acknowledge', unitId: 'street-a' });
  life.do('2015-11-28 09:00', reportOf('education', '2015-11-27'));
  life.do('2015-11-28 13:00', reportOf('street-a', '2015-11-27', '=1+1'));
  life.do('2015-11-29 10:00', adjustOf('N2', '2015-11-29 10:00', 'orange'));
  life.do('2015-12-02 00:00', liftOf('2015-12-02 00:00'));
  const { state, entries } = life;
  return { state, entries, district: '水磨沟区', textOf: (id) => `任务${id}`, mostEntries: 20_000, ...over };
}

const rowsIn = (book: ReturnType<typeof ledgerOf>, name: string) =>
  book.sheets.find((sheet) => sheet.name === name)!.rows;

test('§5.2 the ledger has its eleven sheets, and each row has a cell for each column', () => {
  const { sheets, date } = ledgerOf(input());
  expect(date).toBe('2015-12-02');
  expect(sheets.map(({ name }) => name)).toEqual([
    '概况',
    '通知',
    '责任单位',
    '任务',
    '每日报送',
    '数据',
    '问题',
    '时限',
    '通报',
    '消息',
    '全部记录',
  ]);
  for (const { columns, rows } of sheets) for (const row of rows) expect(row).toHaveLength(columns.length);
});

test('figures of a day that is owed no more are not added up; what was written of it stays', () => {
  const life = new Life();
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  life.do('2015-11-28 13:00', reportOf('education', '2015-11-27'));
  const sheets = () => {
    const book = ledgerOf(input({ state: life.state, entries: life.entries }));
    const mine = (name: string) => rowsIn(book, name).filter(([unit, , first]) => unit === '区教育局' && first);
    return { figures: rowsIn(book, '数据').length, words: mine('每日报送').map((row) => row.slice(3)) };
  };
  expect(sheets()).toEqual({ figures: 1, words: [['逾期', '正常']] });
  life.do('2015-11-29 10:00', liftOf('2015-11-29 10:00', '2015-11-27 14:00'));
  expect(sheets()).toEqual({ figures: 0, words: [['不需要报送', '正常']] });
});

test('its numbers are those of the record', () => {
  const given = input();
  const book = ledgerOf(given);
  const units = unitsOf(given.state);
  const breaches = units.map((unit) => breachesOf(given.state, unit));
  const counted = (outcome: 'late' | 'missed') =>
    breaches.map((all) => all.filter((one) => one.outcome === outcome).length);
  expect(rowsIn(book, '责任单位').map((row) => [row[9], row[10]])).toEqual(
    counted('late').map((late, i) => [late, counted('missed')[i]]),
  );
  const outcomes = rowsIn(book, '时限').map((row) => row[6]);
  expect(outcomes.filter((outcome) => outcome === '逾期')).toHaveLength(counted('late').reduce((a, b) => a + b));
  expect(outcomes.filter((outcome) => outcome === '未办')).toHaveLength(counted('missed').reduce((a, b) => a + b));
  expect(rowsIn(book, '全部记录').map((row) => [row[0], row.at(-1)])).toEqual(
    given.entries.map(({ seq, hash }) => [seq, hash]),
  );
  expect(rowsIn(book, '通知').map((row) => row[1])).toEqual(['启动', '调整', '解除']);
});

test('a unit’s ledger has nothing of another unit', () => {
  const given = input();
  const [, street] = unitsOf(given.state);
  const text = JSON.stringify(ledgerOfUnit(given, street!));
  expect(text).toContain('甲街道办事处');
  expect(text).not.toMatch(/区教育局|乙街道/);
});

test('§5.1, §7: what each unit did with a circular, with the word that closed it for several, in its own ledger too', () => {
  const life = new Life();
  life.do('2015-11-27 14:00', startOf('2015-11-27 14:00'));
  life.do('2015-11-27 14:30', {
    kind: 'issueCircular',
    origin: 'district',
    number: '水环委办〔2015〕9号',
    title: '关于落实不到位的通报',
    text: '请整改。',
    unitIds: ['street-a', 'street-b'],
    answerDueAt: '2015-11-27T20:00:00+08:00',
  });
  life.do('2015-11-27 15:00', {
    kind: 'answerCircular',
    unitId: 'street-b',
    circularId: 'c1',
    text: '已停工。',
    attachmentIds: [],
  });
  life.do('2015-11-28 10:00', { kind: 'closeCircular', circularId: 'c1', note: '已核查' });
  const { state, entries } = life;
  const given = input({ state, entries });
  const rows = rowsIn(ledgerOf(given), '通报').map((row) => [
    row[0],
    row[3],
    row[4],
    row[8],
    row[11],
    row[12],
    row[14],
  ]);
  const circular = ['水环委办〔2015〕9号', '关于落实不到位的通报'];
  expect(rows).toEqual([
    ['甲街道办事处', ...circular, '未办', '未办', undefined, '已核查'],
    ['乙街道办事处', ...circular, '按时', '按时', '已停工。', '已核查'],
  ]);
  const street = unitsOf(state).find(({ unitId }) => unitId === 'street-b')!;
  const own = rowsIn(ledgerOfUnit(given, street), '通报');
  expect(own.map((row) => [row[0], row[12], row[14]])).toEqual([['乙街道办事处', '已停工。', '已核查']]);
});

test('a record too long for a sheet says where all of it is', () => {
  const rows = rowsIn(ledgerOf(input({ mostEntries: 5 })), '全部记录');
  expect(rows).toHaveLength(6);
  expect(rows.at(-1)![3]).toMatch(/^共\d+条，此表只有前5条；全部记录请下载 ledger\.csv。$/);
});

test('as CSV no cell is a formula, and only the first page has heads', () => {
  const { state, entries } = input();
  const [first] = entries;
  const risky = { ...first!, actor: { ...first!.actor, accountId: '=cmd()' } };
  const page = recordAsCsv(state, [risky], true);
  expect(page.startsWith('\ufeff序号,')).toBe(true);
  expect(page).toContain("'=cmd()");
  expect(recordAsCsv(state, [risky], false)).not.toContain('序号');
});

test('kinds of entries have the same names on paper and on the screen', () => {
  expect(ENTRY_NAMES).toEqual(Object.fromEntries(Object.entries(entryTexts).map(([kind, { name }]) => [kind, name])));
});
