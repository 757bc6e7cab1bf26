/** What became of a message, and what to do where it was not delivered, in words for the office. */
import { WAY_FAULTS } from '../types.js';
import { CAUSES, REMEDIES } from './channel-words.js';
import { timeBriefly } from './words.js';

export interface FailureWords {
  detail: string;
  /** What somebody can do. */
  next: string;
}

const RING = '急的请打电话';

const UNCLEAR: FailureWords = { detail: '对方不接受，没有说明原因', next: `请换一种渠道重发；${RING}` };

/** By whose fault it was (episode/faults.ts). */
const BY_FAULT: Record<string, FailureWords> = {
  address: { detail: '号码或邮箱不对', next: `请更正联系人后重发；${RING}` },
  text: { detail: '对方不接受这段文字', next: `请换一种渠道重发；${RING}` },
  recipient: { detail: '对方的邮箱已满，或一时收不下', next: `程序稍后再试；${RING}` },
  ...Object.fromEntries(
    WAY_FAULTS.map((fault) => [fault, { detail: CAUSES[fault], next: `${REMEDIES[fault]}；${RING}` }]),
  ),
};

/** Where it was nobody's. */
const BY_REASON: Record<string, FailureWords> = {
  'no-contact': { detail: '没有联系人', next: `请补上联系人后重发；${RING}` },
  'no-channel': { detail: '没有可用的手机或邮箱', next: `请补上手机或邮箱后重发；${RING}` },
  'not-delivered': { detail: '网关收下后没有送达', next: `请换一种渠道重发；${RING}` },
  'not-configured': { detail: '没有配置这个群机器人或接口', next: '请管理员核对渠道设置' },
  'time-out': { detail: '对方没有及时应答', next: `程序稍后再试；${RING}` },
  'awaits-receipt': { detail: '网关已收下，等待送达回执', next: `请等回执；${RING}` },
};

/** Example: `号码或邮箱不对（应答 invalid-address: 550）`. */
export function failureInWords({ reason, fault }: { reason: string; fault?: string }): FailureWords {
  const known = BY_REASON[reason];
  if (known) return known;
  const { detail, next } = BY_FAULT[fault ?? ''] ?? UNCLEAR;
  return { detail: `${detail}（应答 ${reason}）`, next };
}

export const MESSAGE_IN_WORDS = {
  underWay: '正在发送',
  well: '正常',
  unused: '还没有用过',
  tested: '对方已收下测试消息，请到收信处核对',
  taken: '服务器已收下',
  delivered: '已送达',
  waits: (why: string) => `还没有发出或没有结果：${why}`,
  reached: (at: string | undefined) => (at === undefined ? '已送到' : `已于${timeBriefly(at)}送到`),
  failed: (why: string) => `没有送到任何人：${why}`,
};

/** Why a message was not sent, or not to the end. */
export const WITHDRAWN_IN_WORDS = {
  answered: '发出前对方已经办理',
  passed: '发出前期限已过，另有消息告知',
  ended: '发出前已不再需要',
  repeated: '已由后来的消息代替',
  'no-receipt': '一天内没有送达回执，按已送达计',
};
