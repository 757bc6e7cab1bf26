import { BODIES } from '../../people/contacts.js';
import { RESPONSE_LEVELS } from '../../types.js';
import { directoryUnitsOf, unitsNamed } from '../units.js';
import { type EditionCheck, failing, inDirectory, inPlan, repeated } from './finding.js';

export const unitsOccurOnce: EditionCheck = ({ plan, directory }) => {
  const named = [
    ...plan.units.map(({ unitId }, index) => ({ id: unitId, path: ['units', index] })),
    ...plan.unitKinds.map(({ named: id }, index) => ({ id, path: ['unitKinds', index] })),
  ];
  return [
    ...repeated(named.map(({ id }) => id)).map(({ one, index }) =>
      inPlan(named[index]!.path, `单位或单位类“${one}”重复，请改成不同的 id`),
    ),
    ...repeated(directory.units.map((unit) => unit.unitId)).map(({ one, index }) =>
      inDirectory(['units', index], `单位“${one}”重复，请只留一个`),
    ),
  ];
};

export const unitsAreKnown: EditionCheck = ({ plan, directory }) => {
  const departments = new Set(plan.units.map((unit) => unit.unitId));
  const listed = new Set(directory.units.map((unit) => unit.unitId));
  return [
    ...failing(plan.units, ({ unitId }) => !listed.has(unitId)).map(({ one, index }) =>
      inPlan(['units', index], `单位“${one.unitId}”不在 directory.yaml 的 units 中，请补上`),
    ),
    ...failing(directory.units, ({ unitId, name, kind }) => departments.has(unitId) && !!(name || kind)).map(
      ({ one, index }) => inDirectory(['units', index], `“${one.unitId}”的名称和类别以 plan.yaml 为准，请只写 unitId`),
    ),
    ...failing(directory.units, ({ unitId, name, kind }) => !departments.has(unitId) && !(name && kind)).map(
      ({ one, index }) =>
        inDirectory(['units', index], `plan.yaml 中没有单位“${one.unitId}”，请写明 name 和 kind，或改正 unitId`),
    ),
    ...(['office', 'supervisor'] as const).flatMap((body) => {
      const { within } = plan.bodies[body];
      return departments.has(within)
        ? []
        : [inPlan(['bodies', body, 'within'], `没有单位“${within}”，请写 units 中的 unitId`)];
    }),
  ];
};

/**
 * §6.6: each unit has contacts; so have the office, the committee, the supervisors and, for §5.1, the city. An office may do
 * without public media.
 */
export const unitsHaveContacts: EditionCheck = ({ directory }) => {
  const holders = [...directory.units.map((unit) => unit.unitId), ...BODIES];
  return [
    ...holders
      .filter((holder) => holder !== 'media' && !directory.contacts[holder]?.length)
      .map((holder) => inDirectory(['contacts', holder], `“${holder}”没有联系人，请在 contacts 中填写`)),
    ...Object.keys(directory.contacts)
      .filter((holder) => !holders.includes(holder))
      .map((holder) => inDirectory(['contacts', holder], `没有单位“${holder}”，请改正或删去这些联系人`)),
  ];
};

export const answersAreUnits: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  return plan.items.flatMap((item, i) =>
    item.answers.flatMap((answer, a) =>
      failing(answer.units, (name) => unitsNamed([name], plan, units).length === 0).map(({ one, index }) =>
        inPlan(['items', i, 'answers', a, 'units', index], `“${item.id}”的单位“${one}”不存在，请写 unitId 或单位类`),
      ),
    ),
  );
};

export const everyUnitHasTasks: EditionCheck = ({ plan, directory }) => {
  const units = directoryUnitsOf(plan, directory);
  const answering = plan.items.map((item) => ({
    levels: item.levels,
    units: new Set(item.answers.flatMap((answer) => unitsNamed(answer.units, plan, units))),
  }));
  const idle = (unitId: string) =>
    RESPONSE_LEVELS.filter((level) => !answering.some((item) => item.levels.includes(level) && item.units.has(unitId)));
  return units.flatMap(({ unitId, name }) =>
    idle(unitId).map((level) =>
      inDirectory(
        ['units', directory.units.findIndex((unit) => unit.unitId === unitId)],
        `“${name}”在 ${level} 级没有任务，请在 plan.yaml 的 items 中安排`,
      ),
    ),
  );
};
