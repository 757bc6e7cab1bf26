import type { NodemailerError } from 'nodemailer';
import type { ChannelAnswer } from './channel.js';

export const INVALID_ADDRESS: ChannelAnswer = { outcome: 'failed', reason: 'invalid-address', perhapsTaken: false };

/** Failures before the server was told of the message. nodemailer names them in one of three places. */
const NOTHING_WAS_SENT = new Set([
  ...['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'],
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'EPROXY'],
]);

const REASONS: Record<string, string> = {
  ETIMEDOUT: 'time-out',
  EABORT: 'time-out',
  EAUTH: 'sign-in-refused',
  ENOAUTH: 'sign-in-refused',
};

/**
 * The meaning of nodemailer's error for the message. A final refusal (5xx) is the address's fault only where the server
 * spoke of this recipient or this text. A refused sign-in or sender is the installation's fault, and passes.
 */
export function answerOf(error: NodemailerError): ChannelAnswer {
  if (error.code === 'EENVELOPE' && error.command === 'API') return INVALID_ADDRESS;
  if (error.responseCode === undefined) {
    return {
      outcome: 'deferred',
      reason: REASONS[error.code ?? ''] ?? 'server-unreachable',
      perhapsTaken: ![error.code, error.originalCode, error.timeoutType].some((name) =>
        NOTHING_WAS_SENT.has(name ?? ''),
      ),
    };
  }
  const code = statusOf(error);
  const forGood = error.permanent === true && (error.command === 'RCPT TO' || error.command === 'DATA');
  if (!forGood) return { outcome: 'deferred', reason: code, perhapsTaken: false };
  const reason = error.command === 'RCPT TO' ? `invalid-address: ${code}` : code;
  return { outcome: 'failed', reason, perhapsTaken: false };
}

/** `550 5.1.1`: the codes alone, because servers repeat addresses in their words. */
const statusOf = ({ responseCode, response }: NodemailerError): string =>
  /^\d{3}[ -]\d\.\d{1,3}\.\d{1,3}/.exec(response ?? '')?.[0].replace('-', ' ') ?? String(responseCode);
