/** 钉钉: custom robots of groups (https://open.dingtalk.com/document/robots/custom-robot-access). */
import { createHmac } from 'node:crypto';
import type { ChannelSender } from './channel.js';
import { type RobotService, robotSender } from './robot.js';
import { BYTES, textWithin } from './text.js';

interface Robot {
  accessToken: string;
  /** Of 加签; absent: the robot is secured otherwise. */
  secret?: string;
}

export interface DingtalkSettings {
  /** By the name that contacts carry. */
  robots: Readonly<Record<string, Robot>>;
  baseUrl?: string;
}

/** 20,000 bytes are the limit of the whole message: a fifth is left to JSON, which writes a line's end as two. */
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
      ...(message.mention === undefined ? {} : { at: { atMobiles: [message.mention], isAtAll: false } }),
    }),
  }),
  tooMany: new Set([130101, 410100]),
  // A robot that sends more than 20 messages in a minute is shut out for ten.
  pause: 600,
  // An unsafe link; an unsuitable text, picture, content.
  textRefused: new Set([430101, 430102, 430103, 430104]),
});

/** The signature is of the moment: an hour later it is refused. */
function credentials({ accessToken, secret }: Robot, now: number): Record<string, string> {
  if (secret === undefined) return { access_token: accessToken };
  const sign = createHmac('sha256', secret).update(`${now}\n${secret}`).digest('base64');
  return { access_token: accessToken, timestamp: String(now), sign };
}
