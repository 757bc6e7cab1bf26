/** 企业微信: robots of groups (https://developer.work.weixin.qq.com/document/path/91770). */
import type { ChannelSender } from './channel.js';
import { type RobotService, robotSender } from './robot.js';
import { BYTES, textWithin } from './text.js';
import { WECOM_VERDICTS } from './verdicts/service-verdicts.js';

interface Robot {
  key: string;
}

export interface WecomSettings {
  /** Robots by the name that contacts use. */
  robots: Readonly<Record<string, Robot>>;
  baseUrl?: string;
}

const LONGEST_TEXT = 2048;

export const wecomSender = (
  { robots, baseUrl = 'https://qyapi.weixin.qq.com' }: WecomSettings,
  timeLimit?: number,
): ChannelSender => robotSender(robots, wecom(baseUrl), timeLimit);

const wecom = (baseUrl: string): RobotService<Robot> => ({
  // Plain text, because Markdown cannot mention a person by number.
  requestTo: ({ key }, message) => ({
    url: `${baseUrl}/cgi-bin/webhook/send?${new URLSearchParams({ key })}`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      msgtype: 'text',
      text: {
        content: textWithin(message, LONGEST_TEXT, BYTES),
        ...(message.mentions && { mentioned_mobile_list: message.mentions }),
      },
    }),
  }),
  verdicts: WECOM_VERDICTS,
  pause: 60,
});
