import type { Check } from './finding.js';

/** §5.1 gives the follow-up report a day; the office may ask for less, not allow more. */
export const policyKeepsThePlan: Check = ({ plan, policy }) => {
  const { withinDaysOfLifting, clause } = plan.deadlines.followUpReport;
  if (policy.followUpReportHours.value <= withinDaysOfLifting * 24) return [];
  const reason = `信息报送时限不能长于预案${clause}的规定（${withinDaysOfLifting}日），请改小`;
  return [{ in: 'policy', path: ['followUpReportHours', 'value'], reason }];
};
