/** What each unit does under a notice, by card: of the plan alone. */
import { plannedMeasures } from '../episode/notice-tasks.js';
import { kindOf, nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState, UnitState } from '../episode/state-types.js';
import { CHANGES } from '../plan/wording/words.js';
import type { PaperTable } from './paper.js';
import type { WarningInput } from './warning.js';

/** Units that do the same, with their tasks on each card. */
interface UnitTasks {
  units: UnitState[];
  cards: Card[];
}

interface Card {
  card: string;
  does: string[];
}

export function tasksByUnit({ state, noticeId, edition }: WarningInput, isChange: boolean): UnitTasks[] {
  const { taskGroups } = edition.plan;
  const planned = plannedMeasures(state, noticeId);
  return alike(unitsOf(state), (unit) => {
    const whose = { unitId: unit.unitId, kind: kindOf(state, unit.unitId) };
    const tasks = planned(unit).measures.flatMap(({ id, change }) => {
      const words = edition.taskWordsOf(id, whose);
      return words ? [{ ...words, change: isChange ? CHANGES[change] : '' }] : [];
    });
    return taskGroups.flatMap((card) => {
      const does = tasks.filter(({ group }) => group === card).map(taskInWords);
      return does.length > 0 ? [{ card, does }] : [];
    });
  }).map(({ units, same: cards }) => ({ units, cards }));
}

const taskInWords = ({ do: does, role, change }: { do: string; role: string; change: string }): string => {
  const marks = [role === 'assist' ? '配合' : '', change].filter(Boolean).join('，');
  return `${does.replace(/。$/, '')}${marks && `（${marks}）`}。`;
};

/** `企业：市生态环境局水磨沟区分局、各街道办事处。` of each card. */
export function cardsInWords(input: WarningInput, groups: readonly UnitTasks[]): string[] {
  return input.edition.plan.taskGroups.flatMap((card) => {
    const units = groups.filter(({ cards }) => cards.some((one) => one.card === card)).flatMap((one) => one.units);
    return units.length > 0 ? [`${card}：${unitsInWords(input, units)}。`] : [];
  });
}

/** Measures that end with the notice and have no counterpart at its level, as the plan writes them. */
export function endedMeasures({ state, noticeId, edition }: WarningInput): string[] {
  const planned = plannedMeasures(state, noticeId);
  const ended = new Set(unitsOf(state).flatMap((unit) => planned(unit).ended));
  return [...ended].map((id) => edition.sentenceOf(id));
}

/** A row for each unit and card; what every unit does alike stands first, once. */
export function tasksTable(input: WarningInput, groups: readonly UnitTasks[]): PaperTable {
  const isShared = ({ card, does }: Card) =>
    groups.length > 1 &&
    groups.every(({ cards }) => cards.some((one) => one.card === card && one.does.join() === does.join()));
  const shared = groups[0]?.cards.filter(isShared) ?? [];
  const own = groups.map(({ units, cards }) => ({ units, cards: cards.filter((card) => !isShared(card)) }));
  return {
    kind: 'table',
    caption: '附表1 各单位任务',
    columns: [
      { head: '责任单位', share: 2 },
      { head: '类别', share: 1.4, align: 'center' },
      { head: '任务', share: 7 },
    ],
    rows: [{ units: unitsOf(input.state), cards: shared }, ...own].flatMap(({ units, cards }) =>
      cards.map(({ card, does }) => [
        unitsInWords(input, units),
        card,
        does.length === 1 ? does[0]! : does.map((one, i) => `${i + 1}. ${one}`).join('\n'),
      ]),
    ),
  };
}

/** Whom each unit tells once the warning is lifted. */
export const resumptionTable = (input: WarningInput): PaperTable => ({
  kind: 'table',
  caption: '附表1 各单位恢复工作',
  columns: [
    { head: '责任单位', share: 3 },
    { head: '工作', share: 7 },
  ],
  rows: alike(unitsOf(input.state), ({ unitId }) =>
    input.edition.briefOf({ unitId, kind: kindOf(input.state, unitId) }, 'lifted'),
  ).map(({ units, same }) => [unitsInWords(input, units), same]),
});

/** Units of which the same holds, in the order of the first. */
function alike<T>(units: readonly UnitState[], of: (unit: UnitState) => T): Array<{ units: UnitState[]; same: T }> {
  const groups = new Map<string, { units: UnitState[]; same: T }>();
  for (const unit of units) {
    const same = of(unit);
    const key = JSON.stringify(same);
    const group = groups.get(key) ?? { units: [], same };
    group.units.push(unit);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Names; every unit of a kind, or all of them, by one name. */
function unitsInWords({ state, edition }: WarningInput, units: readonly UnitState[]): string {
  if (units.length > 1 && units.length === unitsOf(state).length) return '各责任单位';
  const streets = units.filter((unit) => isStreet(state, unit));
  const isEvery = streets.length > 1 && streets.length === unitsOf(state).filter((one) => isStreet(state, one)).length;
  const named = isEvery ? units.filter((unit) => !streets.includes(unit)) : units;
  const streetsName = edition.plan.unitKinds.find(({ kind }) => kind === 'street')?.name ?? '';
  return [...named.map(({ unitId }) => nameOf(state, unitId)), ...(isEvery ? [streetsName] : [])].join('、');
}

const isStreet = (state: EpisodeState, { unitId }: UnitState): boolean => kindOf(state, unitId) === 'street';
