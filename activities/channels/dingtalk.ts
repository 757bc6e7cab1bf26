/** 钉钉: custom robots of groups (https://open.dingtalk.com/document/robots/custom-robot-access). */
import { createHmac } from 'node:crypto';
import type { ChannelSender } from './channel.js';
import { type RobotService, robotSender } from './robot.js';
import { BYTES, textWithin } from './text.js';
import { DINGTALK_VERDICTS } from './verdicts/service-verdicts.js';

interface Robot {
  accessToken: string;
  /** Secret of 加签. Absent when the robot is secured otherwise. */
  secret?: string;
}

export interface DingtalkSettings {
  /** Robots by the name that contacts use. */
  robots: Readonly<Record<string, Robot>>;
  baseUrl?: string;
}

/** The whole message may have 20,000 bytes. A fifth is left to JSON, which writes each line break as two. */
const LONGEST_TEXT = 16_000;

export const dingtalkSender = (
  { robots, baseUrl = 'https://oapi.dingtalk.com' }: DingtalkSettings,
  timeLimit?: number,
): ChannelSender => robotSender(robots, dingtalk(baseUrl), timeLimit);

const dingtalk = (baseUrl: string): RobotService<Robot> => ({
  requestTo: (robot, message) => ({
    url: `${baseUrl}/robot/send?${new URLSearchParams(credentials(robot, Date.now()))}`,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      msgtype: 'text',
      text: { content: textWithin(message, LONGEST_TEXT, BYTES) },
      ...(message.mentions && { at: { atMobiles: message.mentions, isAtAll: false } }),
    }),
  }),
  verdicts: DINGTALK_VERDICTS,
  // A robot that sends more than 20 messages in a minute is shut out for ten.
  pause: 600,
});

/** Signs the present moment. The signature is refused an hour later. */
function credentials({ accessToken, secret }: Robot, now: number): Record<string, string> {
  if (secret === undefined) return { access_token: accessToken };
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
  return { access_token: accessToken, timestamp: String(now), sign };
}
