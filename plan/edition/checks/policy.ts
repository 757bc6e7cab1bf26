import { textByClause } from '../document.js';
import type { EditionCheck } from './finding.js';

/** §5.1 gives the follow-up report a day; the office may ask for less, not allow more. */
export const policyKeepsThePlan: EditionCheck = ({ plan, policy }) => {
  const { withinDaysOfLifting, clause } = plan.deadlines.followUpReport;
  if (policy.followUpReportHours.value <= withinDaysOfLifting * 24) return [];
  const reason = `信息报送时限不能长于预案${clause}的规定（${withinDaysOfLifting}日），请改小`;
  return [{ in: 'policy', path: ['followUpReportHours', 'value'], reason }];
};

export const policyCitesThePlan: EditionCheck = ({ plan, policy }) => {
  const texts = textByClause(plan.document);
  return Object.entries(policy).flatMap(([name, { clause }]) =>
    clause === undefined || texts.has(clause)
      ? []
      : [{ in: 'policy', path: [name, 'clause'], reason: `预案中没有条款“${clause}”，请写印出的条款号` }],
  );
};
