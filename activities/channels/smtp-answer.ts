import type { NodemailerError } from 'nodemailer';
import { type ChannelAnswer, inWords, refusedFor } from './channel.js';
import { type SmtpStage, smtpFault } from './verdicts/smtp-verdicts.js';

export const INVALID_ADDRESS = refusedFor('address', 'invalid-address');

/** Failures before the server was told of the message. nodemailer names them in one of three places. */
const NOTHING_WAS_SENT = new Set([
  ...['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT'],
  ...['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'EOAUTH2', 'EPROXY'],
]);
const NO_CERTIFICATE = /CERT|SELF_SIGNED|ERR_TLS|ERR_SSL|UNABLE_TO_|DEPTH_ZERO|EPROTO/;

const REASONS: Record<string, string> = {
  ETIMEDOUT: 'time-out',
  EABORT: 'time-out',
  EAUTH: 'sign-in-refused',
  ENOAUTH: 'sign-in-refused',
};

const STAGES: Record<string, SmtpStage> = { 'MAIL FROM': 'sender', 'RCPT TO': 'recipient', DATA: 'text' };

/** The meaning of nodemailer's error for the message (verdicts/smtp-verdicts.ts). */
export function answerOf(error: NodemailerError): ChannelAnswer {
  if (error.code === 'EENVELOPE' && error.command === 'API') return INVALID_ADDRESS;
  if (error.responseCode === undefined) return unanswered(error);
  const code = statusOf(error);
  const fault = smtpFault(STAGES[error.command ?? ''] ?? 'connect', code, wordsOf(error));
  const mark = /\b[A-Z]{2}:[A-Z]{3}\b/.exec(error.response ?? '')?.[0];
  return refusedFor(fault, inWords(fault, mark === undefined ? code : `${code} ${mark}`));
}

function unanswered({ code = '', originalCode = '', timeoutType, message }: NodemailerError): ChannelAnswer {
  // The caller gave up.
  if (code === 'EABORT') return { outcome: 'deferred', reason: 'time-out', perhapsTaken: true };
  if ([code, originalCode, message].some((said) => NO_CERTIFICATE.test(said)))
    return refusedFor('server', 'certificate-refused');
  const reason = REASONS[code] ?? 'server-unreachable';
  return {
    ...refusedFor(reason === 'sign-in-refused' ? 'account' : 'server', reason),
    perhapsTaken: ![code, originalCode, timeoutType ?? ''].some((name) => NOTHING_WAS_SENT.has(name)),
  };
}

const STATUS = /^(\d{3})[ -](?:(\d\.\d{1,3}\.\d{1,3})\b)?/;

/** `550 5.1.1`: the codes alone, because servers repeat addresses in their words. */
function statusOf({ responseCode, response = '' }: NodemailerError): string {
  const [, code = String(responseCode), enhanced] = STATUS.exec(response) ?? [];
  return enhanced === undefined ? code : `${code} ${enhanced}`;
}

/** The words of all lines, without their codes. */
const wordsOf = ({ response = '' }: NodemailerError): string =>
  response
    .split(/\r?\n/)
    .map((line) => line.replace(STATUS, ''))
    .join(' ');
