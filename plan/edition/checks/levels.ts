import { compareResponses, responseLevelOf } from '../../rules/levels.js';
import { RESPONSE_LEVELS, type ResponseLevel } from '../../types.js';
import { type EditionCheck, failing, inPlan } from './finding.js';

const TOP = RESPONSE_LEVELS[2];
const belowTop = (levels: readonly ResponseLevel[]): boolean => !levels.includes(TOP);

/** §4.1 is also a rule of the program: the data must say the same. */
export const levelsAreThoseOfTheRules: EditionCheck = ({ plan: { responseLevels } }) =>
  responseLevels.length === RESPONSE_LEVELS.length &&
  responseLevels.every(({ level, warning }, i) => level === RESPONSE_LEVELS[i] && level === responseLevelOf(warning))
    ? []
    : [inPlan(['responseLevels'], '响应级别应由低到高为 III、II、I，依次对应 yellow、orange、red')];

export const itemsAreWellFormed: EditionCheck = ({ plan }) => [
  ...failing(plan.items, ({ category, levels }) => category !== 'duty' && levels.length !== 1).map(({ one, index }) =>
    inPlan(['items', index, 'levels'], `措施“${one.id}”只能属于一个响应级别，请只留一个`),
  ),
  ...failing(plan.items, ({ category, source }) => (category === 'mandatory') !== (source !== undefined)).map(
    ({ one, index }) => inPlan(['items', index, 'source'], `“${one.id}”：强制性措施要写 source，其他的不写`),
  ),
];

/** `replaces` points downward only, so it cannot form a circle. */
export const successionRises: EditionCheck = ({ plan }) => {
  const items = new Map(plan.items.map((item) => [item.id, item]));
  return plan.items.flatMap((item, i) =>
    item.replaces.flatMap((link, r) => {
      const path = ['items', i, 'replaces', r, 'id'];
      const lower = items.get(link.id);
      if (!lower) return [inPlan(path, `“${item.id}”取代的“${link.id}”不在 items 中，请改成已有的 id`)];
      const rises = item.levels.every((level) => lower.levels.every((below) => compareResponses(below, level) < 0));
      return rises ? [] : [inPlan(path, `“${item.id}”只能取代更低级别的条目，“${link.id}”不是，请改正`)];
    }),
  );
};

/** Nothing ends or continues by oversight: an item below the top is replaced, or the edition decides what happens to it. */
export const successionIsDecided: EditionCheck = ({ plan }) => {
  const replaced = new Set(plan.items.flatMap((item) => item.replaces.map((link) => link.id)));
  return [
    ...failing(plan.items, ({ id, levels, onRaise }) => belowTop(levels) && !replaced.has(id) && !onRaise).map(
      ({ one, index }) =>
        inPlan(['items', index], `升级后没有条目取代“${one.id}”，请写 onRaise 说明继续还是终止，或写明取代它的条目`),
    ),
    ...failing(
      plan.items,
      ({ id, levels, onRaise }) => onRaise !== undefined && (replaced.has(id) || !belowTop(levels)),
    ).map(({ one, index }) => inPlan(['items', index, 'onRaise'], `“${one.id}”已被取代或已是最高级，请删去 onRaise`)),
  ];
};
