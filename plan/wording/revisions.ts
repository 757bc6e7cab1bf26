/** Words for what outlives an episode. */
import type { OpenAtSeal, Revised } from '../types.js';

export const REVISED_NAMES: Record<Revised, string> = {
  plan: '应急预案',
  policy: '预案执行细则',
  'site-plan': '“一厂一策”方案',
};

export const FOLLOWED_UP_NAMES: Record<Revised | OpenAtSeal, string> = {
  plan: `${REVISED_NAMES.plan}的修订`,
  policy: `${REVISED_NAMES.policy}的修订`,
  'site-plan': `${REVISED_NAMES['site-plan']}的修订`,
  problem: '问题整改',
  circular: '通报的办理',
  referral: '移交的结果',
};

/** Its standing when its owner is told of it. */
export const STAGES = { opened: '请办理', ahead: '即将到期', due: '已到期', again: '逾期未完成' } as const;
