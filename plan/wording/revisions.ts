/** Words for what is revised after a review. */
import type { Revised } from '../types.js';

export const REVISED_NAMES: Record<Revised, string> = {
  plan: '应急预案',
  policy: '预案执行细则',
  'site-plan': '“一厂一策”方案',
};

/** The standing of a revision when its owner is told of it. */
export const STAGES = { opened: '请办理', ahead: '即将到期', due: '已到期', again: '逾期未完成' } as const;
