/** The ways out of an installation as its settings say: what the API shows of them. No secret and no address is in it. */
import type { ConfiguredWay } from '../../ledger/channels.js';
import type { ChannelsSettings } from './create-channels.js';
import { MESSAGES_A_MINUTE } from './robot.js';
import { PER_NUMBER_PER_HOUR } from './sms.js';

export function configuredWays({ email, sms, call, wecom, dingtalk, webhooks }: ChannelsSettings): ConfiguredWay[] {
  const named = (channel: string, settings: object | undefined, limits: string[]): ConfiguredWay[] =>
    Object.keys(settings ?? {}).map((name) => ({ way: `${channel} ${name}`, limits }));
  const perNumber = ({ perNumberPerHour = PER_NUMBER_PER_HOUR }: { perNumberPerHour?: number }) => [
    `同一号码每小时最多${perNumberPerHour}条`,
  ];
  const robots = [`每个群每分钟最多${MESSAGES_A_MINUTE}条`];
  return [
    { way: 'email', limits: email.smtpUrl === undefined ? ['没有配置邮件服务器，邮件写入 outbox 文件夹'] : [] },
    ...(sms ? [{ way: 'sms', limits: perNumber(sms) }] : []),
    ...(call ? [{ way: 'call', limits: perNumber(call) }] : []),
    ...named('wecom', wecom?.robots, robots),
    ...named('dingtalk', dingtalk?.robots, robots),
    ...named('webhook', webhooks, []),
  ];
}
