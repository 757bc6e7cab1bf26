/** The words for a way out that is ill: for the office's alarm, the board and /readyz. */
import { beijingIso } from '../rules/calendar.js';
import type { Channel, WayFault } from '../types.js';
import { htmlOf } from './html.js';
import type { MessageWords } from './render.js';
import { timeBriefly } from './words.js';

interface Illness {
  /** `email`, `wecom 区级工作群`. */
  way: string;
  fault: WayFault;
  reason: string;
  since: number;
}

const NAMES: Record<Channel, string> = {
  email: '邮件',
  sms: '短信',
  call: '语音电话',
  wecom: '企业微信群机器人',
  dingtalk: '钉钉群机器人',
  webhook: '对外接口',
};

const CAUSES: Record<WayFault, string> = {
  account: '服务商不接受发送账号或设置（密码、授权、余额、发件人、签名、IP 白名单等）',
  policy: '服务商限制发送（频率过快、数量超限，或被判为可疑）',
  server: '服务器没有应答或出错（网络、域名、证书、服务器故障）',
};
const REMEDIES: Record<WayFault, string> = {
  account: '请核对账号、密码和余额，或联系服务商；改正并重启程序后自动补发',
  policy: '程序会放慢速度继续补发；长时间不恢复的，请联系服务商放宽限制',
  server: '请检查网络和服务器；恢复后自动补发',
};

/** A way by its parts: the name is that of a robot or an endpoint. */
export function partsOfWay(way: string): { channel: Channel; name?: string } {
  const [channel, ...name] = way.split(' ') as [Channel, ...string[]];
  return { channel, ...(name.length > 0 ? { name: name.join(' ') } : {}) };
}

/** `企业微信群机器人“区级工作群”` */
export function wayInWords(way: string): string {
  const { channel, name } = partsOfWay(way);
  return name === undefined ? NAMES[channel] : `${NAMES[channel]}“${name}”`;
}

export const causeInWords = ({ fault }: Pick<Illness, 'fault'>): string => CAUSES[fault];

const since = ({ since: at }: Illness): string => timeBriefly(beijingIso(at));

type MailWords = Pick<MessageWords, 'subject' | 'text' | 'html'>;

/** An alarm is of the program, and of no level and no drill. */
function wordsOf(mark: string, back: string, title: string, text: string): MailWords {
  const subject = `【${mark}】${title}`;
  const bar = { back, ink: '#ffffff', text: mark };
  return { subject, text, html: htmlOf({ subject, bar, drill: false, lines: [{ kind: 'plain', text }] }) };
}

export const illnessInWords = (ill: Illness): MailWords =>
  wordsOf(
    '渠道异常',
    '#37474f',
    `${wayInWords(ill.way)}自${since(ill)}起发不出去`,
    `${wayInWords(ill.way)}自${since(ill)}起发不出去：${causeInWords(ill)}，对方应答 ${ill.reason}。` +
      `等待的消息不会丢失，急的有其他渠道的已改用其他渠道。${REMEDIES[ill.fault]}。紧急事项请打电话。`,
  );

export const recoveryInWords = (ill: Illness): MailWords =>
  wordsOf(
    '渠道恢复',
    '#1b5e20',
    `${wayInWords(ill.way)}已恢复`,
    `${wayInWords(ill.way)}自${since(ill)}起的异常已经排除，等待的消息已按轻重缓急补发。`,
  );
