/** The words for channels and for a way out that is ill: for papers, alarms, the board and /readyz. */
import type { Channel, WayFault } from '../types.js';

const NAMES: Record<Channel, string> = {
  email: '邮件',
  sms: '短信',
  call: '语音电话',
  wecom: '企业微信群机器人',
  dingtalk: '钉钉群机器人',
  webhook: '对外接口',
};

export const CAUSES: Record<WayFault, string> = {
  account: '服务商不接受发送账号或设置（密码、授权、余额、发件人、签名、IP 白名单等）',
  policy: '服务商限制发送（频率过快、数量超限，或被判为可疑）',
  server: '服务器没有应答或出错（网络、域名、证书、服务器故障）',
};
export const REMEDIES: Record<WayFault, string> = {
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
