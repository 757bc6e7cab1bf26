/** Lives of episodes (episode/testing), stored as their turns are appended. */

import type { DistrictState } from '../../district/entries.js';
import { beginDistrict, DISTRICT_CHAIN } from '../../district/state.js';
import { type DistrictCommand, takeDistrictTurn } from '../../district/turn.js';
import type { CommandBody, GivenProblem } from '../../episode/commands.js';
import type { Entry } from '../../episode/entries.js';
import { at, binding, Life, startOf, WORDLESS_EDITION } from '../../episode/testing/life.js';
import { clause } from '../../plan/rules/clauses.js';
import { type Append, append } from '../chain/append.js';
import type { Database } from '../database.js';

/** A life under way since 27 November 2015, 14:00: three units notified, one deadline missed. */
export function lifeUnderWay(start: CommandBody = startOf('2015-11-27 14:00')): Life {
  const life = new Life();
  life.do('2015-11-27 14:00', start);
  life.do('2015-11-27 14:10', { kind: 'acknowledge', unitId: 'education' });
  life.passTo('2015-11-27 15:00');
  return life;
}

/** The same life as a drill whose time runs like real time. */
export const drillUnderWay = (): Life =>
  lifeUnderWay({ ...startOf('2015-11-27 14:00'), drill: { timeScale: 1 } } as CommandBody);

/** A life from start to closing, with an adjustment and a unit that joined. */
export function wholeLife(): Life {
  const life = lifeUnderWay();
  life.do('2015-11-27 16:00', { kind: 'addUnit', unitId: 'street-c', name: '丙街道办事处', unitKind: 'street' });
  life.do(
    '2015-11-28 09:00',
    reportWith([
      { what: '未停工', where: '甲工地' },
      { what: '裸土未覆盖', where: '乙工地' },
    ]),
  );
  life.do('2015-11-28 09:30', { kind: 'settleProblem', unitId: 'education', problemId: 'p1', note: '' });
  life.submit(at('2015-11-29 10:00'), [
    { ...adjusted, notice: { ...adjusted.notice, number: 'N2' } },
    { kind: 'acknowledge', unitId: 'street-a' },
  ]);
  life.do('2015-12-02 00:00', {
    kind: 'lift',
    notice: { ...adjusted.notice, number: 'NL', ...effect('2015-12-02T00:00:00+08:00') },
  });
  life.do('2015-12-02 08:00', { kind: 'submitFollowUp', text: '已报送' });
  life.do('2015-12-03 08:00', { kind: 'saveReview', content: { conclusions: '结论', planRevisionNeeded: false } });
  life.do('2015-12-03 09:00', { kind: 'publishReview' });
  life.passTo('2015-12-20 00:00');
  return life;
}

const reportWith = (problems: GivenProblem[]): CommandBody => ({
  kind: 'submitDailyReport',
  unitId: 'education',
  date: '2015-11-27',
  content: { text: '正常', figures: {}, problems },
});

const effect = (time: string) => ({ issuedAt: time, effectiveAt: time });
const adjusted = {
  kind: 'adjust' as const,
  notice: { number: 'N2', issuer: '市环委办', ...effect('2015-11-29T10:00:00+08:00') },
  cityLevel: 'orange' as const,
  level: 'orange' as const,
};

/** The district's chain, begun by the hand-over of one revision. */
export async function storeDistrict(database: Database): Promise<DistrictState> {
  const handOver: DistrictCommand = {
    commandId: 'hand-over e1 0',
    bodyHash: '',
    actor: { accountId: 'system', role: 'system' },
    body: {
      kind: 'handOver',
      episodeId: 'e1',
      after: 0,
      reminders: binding.policy.revisionReminders,
      matters: [
        {
          what: 'plan',
          text: '修订联络名单',
          unitId: 'education',
          dueAt: '2015-12-20T18:00:00+08:00',
          clause: clause('5.2'),
          seq: 9,
        },
      ],
    },
  };
  const { state, entries, applied } = takeDistrictTurn(beginDistrict(), [handOver], at('2015-12-03 10:00'));
  await append(database, { chainId: DISTRICT_CHAIN, applied, entries: entries as unknown as Entry[] });
  return state;
}

/** The whole of a life as one append. */
export const appendOf = (
  chainId: string,
  entries: readonly Entry[],
  applied: Append['applied'] = [],
  edition = binding,
): Append => ({
  chainId,
  ...(entries[0]?.seq === 1 ? { binding: edition } : {}),
  applied,
  entries,
});

/** Keeps the edition that lives are bound to unless they bring their own. */
export async function keepWordlessEdition({ db }: Database): Promise<void> {
  const row = { hash: WORDLESS_EDITION, content: '{}' };
  await db
    .insertInto('editions')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Appends a life in turns of the sizes given, over and over. */
export async function store(database: Database, chainId: string, life: Life, sizes: number[] = [1_000]): Promise<void> {
  await keepWordlessEdition(database);
  let from = 0;
  for (let i = 0; from < life.entries.length; i += 1) {
    const to = from + sizes[i % sizes.length]!;
    await append(database, appendOf(chainId, life.entries.slice(from, to), [], life.state.binding));
    from = to;
  }
}
