/** Endpoints of other programs, by Standard Webhooks (https://www.standardwebhooks.com). */
import { Webhook } from 'standardwebhooks';
import { beijingIso } from '../../plan/rules/calendar.js';
import { type ChannelAnswer, type ChannelMessage, type ChannelSender, NOT_CONFIGURED } from './channel.js';
import { ask, type HttpReply, type HttpRequest, isTaken, refusal } from './http.js';
import { WEBHOOK_VERDICTS } from './verdicts/service-verdicts.js';

interface Endpoint {
  url: string;
  /** Public media alone: it is told of drills too, marked, and shows them to nobody outside the drill. */
  drills?: boolean;
  /** `whsec_…`. While secrets are being exchanged, the old and the new one. */
  secrets: readonly string[];
}

/** Endpoints by the name that contacts use. */
export type WebhookSettings = Readonly<Record<string, Endpoint>>;

export function webhookSender(endpoints: WebhookSettings, timeLimit?: number): ChannelSender {
  const known = new Map(
    Object.entries(endpoints).map(([name, { url, secrets }]) => [
      name,
      { url, signers: secrets.map((secret) => new Webhook(secret)) },
    ]),
  );
  return {
    async send(message, signal) {
      const endpoint = known.get(message.to.address);
      if (endpoint === undefined) return NOT_CONFIGURED;
      return ask(signedRequest(message, endpoint), signal, (reply) => answerOf(reply, message), timeLimit);
    },
  };
}

/** The id is the same on every try, so that the receiver recognises a message. The signature is of the moment. */
function signedRequest(message: ChannelMessage, { url, signers }: { url: string; signers: Webhook[] }): HttpRequest {
  const { key, at, subject, text, link, broadcast } = message;
  const now = new Date();
  const body = JSON.stringify({
    type: broadcast ? 'broadcast' : 'notification',
    timestamp: beijingIso(at),
    data: { subject, text, ...(link === undefined ? {} : { link }), ...broadcast },
  });
  return {
    url,
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': key,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': signers.map((signer) => signer.sign(key, now, body)).join(' '),
    },
    body,
  };
}

const answerOf = (reply: HttpReply, { key }: ChannelMessage): ChannelAnswer =>
  isTaken(reply) ? { outcome: 'taken', messageId: key } : refusal(reply, WEBHOOK_VERDICTS);
