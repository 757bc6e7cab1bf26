import { idleSteps } from '../../rules/idle-steps.js';
import { textByClause } from '../document.js';
import { policyValuesOf } from '../schema.js';
import { directoryUnitsOf } from '../units.js';
import type { EditionCheck } from './finding.js';

/** §5.1 gives the follow-up report a day; the office may ask for less, not allow more. */
export const policyKeepsThePlan: EditionCheck = ({ plan, policy }) => {
  const { withinDaysOfLifting, clause } = plan.deadlines.followUpReport;
  const { value } = policy.followUpReportHours;
  const hours = typeof value === 'number' ? [value] : Object.values(value);
  if (hours.every((some) => some <= withinDaysOfLifting * 24)) return [];
  const reason = `信息报送时限不能长于预案${clause}的规定（${withinDaysOfLifting}日），请改小`;
  return [{ in: 'policy', path: ['followUpReportHours', 'value'], reason }];
};

/** A figure of nobody would never be reported. */
export const figuresAreOfUnits: EditionCheck = ({ plan, policy, directory }) => {
  const known = new Set<string>([
    ...directoryUnitsOf(plan, directory).map(({ unitId }) => unitId),
    'department',
    'street',
  ]);
  return Object.keys(policy.dailyFigures.value)
    .filter((name) => !known.has(name))
    .map((name) => ({
      in: 'policy',
      path: ['dailyFigures', 'value', name],
      reason: `没有单位“${name}”，请写 unitId、department 或 street`,
    }));
};

export const policyCitesThePlan: EditionCheck = ({ plan, policy }) => {
  const texts = textByClause(plan.document);
  return Object.entries(policy).flatMap(([name, { clause }]) =>
    clause === undefined || texts.has(clause)
      ? []
      : [{ in: 'policy', path: [name, 'clause'], reason: `预案中没有条款“${clause}”，请写印出的条款号` }],
  );
};

export const stepsAreTaken: EditionCheck = ({ plan, policy, directory }) =>
  idleSteps(policyValuesOf(policy), directoryUnitsOf(plan, directory).length).map(({ kind, level, place, reason }) => ({
    in: 'policy',
    path: ['chains', 'value', kind, ...(level ? [level] : []), place],
    reason,
  }));
