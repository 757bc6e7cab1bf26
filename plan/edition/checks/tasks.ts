import { RESPONSE_LEVELS } from '../../types.js';
import { entriesOf } from '../document.js';
import { directoryUnitsOf, entryFor, namesOfDuty, unitsNamed } from '../units.js';
import { type EditionCheck, failing, inPlan, repeated } from './finding.js';

/** More cards than these nobody reads through at night. */
const MOST_CARDS = 12;

export const cardsAreListed: EditionCheck = ({ plan }) => {
  const used = new Set(plan.items.flatMap(({ answers }) => answers.map(({ group }) => group)));
  return [
    ...plan.items.flatMap((item, i) =>
      failing(item.answers, ({ group }) => !plan.taskGroups.includes(group)).map(({ one, index }) =>
        inPlan(
          ['items', i, 'answers', index, 'group'],
          `“${item.id}”的任务卡片“${one.group}”不在 taskGroups 中，请补上或改正`,
        ),
      ),
    ),
    ...failing(plan.taskGroups, (group) => !used.has(group)).map(({ one, index }) =>
      inPlan(['taskGroups', index], `没有任务在卡片“${one}”上，请删去或改正`),
    ),
    ...repeated(plan.taskGroups).map(({ one, index }) =>
      inPlan(['taskGroups', index], `任务卡片“${one}”重复，请只留一个`),
    ),
  ];
};

export const cardsAreFew: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  return units.flatMap((unit) =>
    RESPONSE_LEVELS.flatMap((level) => {
      const answers = plan.items.flatMap((item) => (item.levels.includes(level) ? [item.answers] : []));
      const cards = new Set(answers.flatMap((of) => entryFor(of, plan, unit)?.group ?? []));
      if (cards.size <= MOST_CARDS) return [];
      const names = [...cards].join('、');
      return [
        inPlan(
          ['taskGroups'],
          `“${unit.name}”在 ${level} 级有 ${cards.size} 张任务卡片，最多 ${MOST_CARDS} 张：${names}`,
        ),
      ];
    }),
  );
};

/** Of two answers that name the same unit nobody could tell which is meant. */
export const answersNameAUnitOnce: EditionCheck = ({ plan }) =>
  plan.items.flatMap((item, i) => {
    const named = item.answers.flatMap(({ units }, a) => units.map((name) => ({ name, a })));
    return repeated(named.map(({ name }) => name)).map(({ one, index }) =>
      inPlan(['items', i, 'answers', named[index]!.a], `“${item.id}”写了两次单位“${one}”，请只留一处`),
    );
  });

export const measuresAreLed: EditionCheck = ({ plan }) =>
  failing(
    plan.items,
    ({ category, answers }) => category !== 'duty' && answers.every(({ role }) => role !== 'lead'),
  ).map(({ one, index }) =>
    inPlan(['items', index, 'answers'], `“${one.id}”没有牵头单位，请把其中一个写成 role: lead`),
  );

/** A duty is done with measures that its own unit answers for. */
export const repeatedDutiesAreDone: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  const clauses = new Map(entriesOf(plan.document).map(({ id, clause }) => [id, clause]));
  const answering = new Map(
    plan.items.map(({ id, answers }) => [
      id,
      new Set(answers.flatMap((answer) => unitsNamed(answer.units, plan, units))),
    ]),
  );
  return plan.repeatedDuties.flatMap(({ id, doneWith }, d) => {
    const owing = unitsNamed(namesOfDuty(plan, clauses.get(id)), plan, units);
    return failing(
      doneWith,
      (measure) => owing.length === 0 || owing.some((unitId) => !answering.get(measure)?.has(unitId)),
    ).map(({ one, index }) =>
      inPlan(['repeatedDuties', d, 'doneWith', index], `“${id}”的单位不负责“${one}”，请改成它负责的措施`),
    );
  });
};

export const standingDutiesAreOfUnits: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  return plan.standingDuties.flatMap((duty, d) =>
    failing(duty.units, (name) => unitsNamed([name], plan, units).length === 0).map(({ one, index }) =>
      inPlan(['standingDuties', d, 'units', index], `“${duty.id}”的单位“${one}”不存在，请写 unitId 或单位类`),
    ),
  );
};

export const publishersAreUnits: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  return failing(plan.publicInformation.published.units, (name) => !units.some(({ unitId }) => unitId === name)).map(
    ({ one, index }) =>
      inPlan(['publicInformation', 'published', 'units', index], `发布单位“${one}”不存在，请写 unitId`),
  );
};

export const adviceIsOfMeasures: EditionCheck = ({ plan }) => {
  const measures = new Set(plan.items.flatMap(({ id, category }) => (category === 'duty' ? [] : [id])));
  return failing(plan.publicInformation.published.advice, (id) => !measures.has(id)).map(({ one, index }) =>
    inPlan(['publicInformation', 'published', 'advice', index], `没有措施“${one}”，请写措施的 id`),
  );
};

export const briefsReachEveryUnit: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  const written = new Set(plan.briefs.flatMap((brief) => brief.units));
  return [
    ...units
      .filter((unit) => !entryFor(plan.briefs, plan, unit))
      .map(({ name }) => inPlan(['briefs'], `“${name}”没有短信开头的一句话，请在 briefs 中补上`)),
    ...plan.unitKinds
      .filter(({ named }) => !written.has(named))
      .map(({ named }) => inPlan(['briefs'], `临时增加的单位用本类的一句话，请在 briefs 中补上“${named}”`)),
    ...repeated(plan.briefs.flatMap((brief) => brief.units)).map(({ one }) =>
      inPlan(['briefs'], `briefs 中写了两次“${one}”，请只留一处`),
    ),
    ...plan.briefs.flatMap((brief, b) =>
      failing(brief.units, (name) => unitsNamed([name], plan, units).length === 0).map(({ one, index }) =>
        inPlan(['briefs', b, 'units', index], `briefs 中的单位“${one}”不存在，请写 unitId 或单位类`),
      ),
    ),
  ];
};
