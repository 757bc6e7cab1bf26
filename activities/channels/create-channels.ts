import type { Channel } from '../../plan/types.js';
import { type CallSettings, callSender } from './call.js';
import type { ChannelSender } from './channel.js';
import { type DingtalkSettings, dingtalkSender } from './dingtalk.js';
import { createMailer, type MailerSettings } from './email.js';
import { type SmsSettings, smsSender } from './sms.js';
import { type WebhookSettings, webhookSender } from './webhook.js';
import { type WecomSettings, wecomSender } from './wecom.js';

/** Settings of each channel. A channel without settings does not exist. */
export interface ChannelsSettings {
  email: MailerSettings;
  sms?: SmsSettings;
  call?: CallSettings;
  wecom?: WecomSettings;
  dingtalk?: DingtalkSettings;
  webhooks?: WebhookSettings;
  /** Milliseconds after which an HTTP request is given up. */
  timeLimit?: number;
}

/** The channels of this installation: mail always, others where they are configured. */
export interface Channels extends Partial<Record<Channel, ChannelSender>> {
  email: ChannelSender;
  /** The names of endpoints of public media that are told of drills. */
  drillMedia?: ReadonlySet<string>;
  close(): void;
}

const takingDrills = (webhooks: WebhookSettings): ReadonlySet<string> =>
  new Set(Object.entries(webhooks).flatMap(([name, { drills }]) => (drills ? [name] : [])));

/** Keeps the settings to itself: no answer, error or log shows them. */
export function createChannels({ email, sms, call, wecom, dingtalk, webhooks, timeLimit }: ChannelsSettings): Channels {
  const mailer = createMailer(email);
  return {
    email: mailer,
    ...(sms && { sms: smsSender(sms, timeLimit) }),
    ...(call && { call: callSender(call, timeLimit) }),
    ...(wecom && { wecom: wecomSender(wecom, timeLimit) }),
    ...(dingtalk && { dingtalk: dingtalkSender(dingtalk, timeLimit) }),
    ...(webhooks && { webhook: webhookSender(webhooks, timeLimit), drillMedia: takingDrills(webhooks) }),
    close: () => mailer.close(),
  };
}
