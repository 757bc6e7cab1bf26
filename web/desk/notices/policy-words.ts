/** The values of the policy, in words. */
import { useQuery } from '@tanstack/react-query';
import { answered, api } from '../../shared/api.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';

/** The edition's, with what each is called. */
export const usePolicy = () =>
  useQuery({ queryKey: ['policy'], queryFn: () => answered(api.GET('/api/v1/plan/policy')) });

/** One for all levels, or one for each. */
export function policyValueInWords(value: unknown): string {
  if (value === false) return texts.drillPolicyOff;
  if (typeof value !== 'object' || value === null) return String(value).replace(' workdays', texts.workdays);
  return Object.entries(commonTexts.levels)
    .map(([level, name]) => `${name}${policyValueInWords((value as Record<string, unknown>)[level])}`)
    .join('，');
}
