import type { Channel } from '../../plan/types.js';
import { type ChannelSender, NOT_CONFIGURED } from './channel.js';
import { type DingtalkSettings, dingtalkSender } from './dingtalk.js';
import { createMailer, type MailerSettings } from './email.js';
import { type SmsSettings, smsSender } from './sms.js';
import { type WebhookSettings, webhookSender } from './webhook.js';
import { type WecomSettings, wecomSender } from './wecom.js';

/** What each way needs; one without settings is not there. */
export interface ChannelsSettings {
  email: MailerSettings;
  sms?: SmsSettings;
  wecom?: WecomSettings;
  dingtalk?: DingtalkSettings;
  webhooks?: WebhookSettings;
  /** Milliseconds after which an HTTP request is given up. */
  timeLimit?: number;
}

/** Every way to send; one that is not there answers `not-configured`. */
export interface Channels extends Record<Channel, ChannelSender> {
  close(): void;
}

/** The settings stay in here: nothing that is answered, thrown or logged shows them. */
export function createChannels({ email, sms, wecom, dingtalk, webhooks, timeLimit }: ChannelsSettings): Channels {
  const mailer = createMailer(email);
  return {
    email: mailer,
    sms: sms ? smsSender(sms, timeLimit) : absent,
    wecom: wecom ? wecomSender(wecom, timeLimit) : absent,
    dingtalk: dingtalk ? dingtalkSender(dingtalk, timeLimit) : absent,
    webhook: webhooks ? webhookSender(webhooks, timeLimit) : absent,
    close: () => mailer.close(),
  };
}

const absent: ChannelSender = { send: async () => NOT_CONFIGURED };
