/** A message, and the contract of a channel that sends it. */
import { type Blame, isFinal } from '../../episode/faults.js';
import type { IssuedPaper } from '../../ledger/papers.js';
import type { WarningLevel } from '../../plan/types.js';

export interface ChannelMessage {
  /** Names the message to one contact by one channel. The same on every try. */
  key: string;
  /** Moment of the reported entry, in real milliseconds. */
  at: number;
  /** The address is an e-mail address, a number that takes SMS, or the configured name of a robot or endpoint. */
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** What the public media are told beside the text, for their programs. */
  broadcast?: BroadcastFacts;
  /** The HTML part of a mail. */
  html?: string;
  /** Files that go with a mail. */
  files?: readonly IssuedPaper[];
  /** Address at which to act on it. Stays whole when the text is cut. */
  link?: string;
  /** 0 for notices and tasks, more for what can wait (episode/message-order.ts). */
  urgency?: number;
  /** True at the first try. */
  isNew?: true;
  /** True for drills. Their messages do not use up what a real warning may need. */
  drill?: true;
  /** Mobile numbers of the people to mention in a group. */
  mentions?: readonly string[];
}

/** `text` is the public text of an entry, issued or repeated; the last word ends what was repeated. */
export interface BroadcastFacts {
  occasion: 'issued' | 'repeated' | 'ended';
  episodeId: string;
  drill: boolean;
  /** Absent once it is lifted. */
  warningLevel?: WarningLevel;
  number?: string;
}

/**
 * Result of a try to send. `failed` is final: the address or the text is at fault. `deferred` is worth another try,
 * after `retryAfter` seconds if the other side says so. `perhapsTaken`: the other side may have the message already.
 * `awaitsReceipt`: the other side tells later whether it arrived. Reasons hold nobody's address, name, number or secret.
 */
export type ChannelAnswer = { outcome: 'taken'; messageId: string; awaitsReceipt?: true } | Refused;

export interface Refused {
  outcome: 'failed' | 'deferred';
  reason: string;
  perhapsTaken: boolean;
  retryAfter?: number;
  /** Whose fault it is (episode/faults.ts). Absent: nobody's, as when the caller gave up. */
  fault?: Blame;
}

/** The caller's patience ended before the message was sent: nobody's fault. */
export const GIVEN_UP = { outcome: 'deferred', reason: 'time-out', perhapsTaken: false } as const;

export interface ChannelSender {
  /** Never throws. When the signal aborts, the result is `deferred`. */
  send(message: ChannelMessage, signal: AbortSignal): Promise<ChannelAnswer>;
}

/** A sender that keeps connections open. */
export interface Mailer extends ChannelSender {
  close(): void;
}

const WORDS: Partial<Record<Blame, string>> = {
  address: 'invalid-address',
  text: 'text-refused',
  account: 'account-refused',
  policy: 'rate-limited',
};

/** The answer to a refusal that is somebody's fault: only the address's and the text's are final. */
export const refusedFor = (
  fault: Blame,
  code: string,
  more: { perhapsTaken?: boolean; retryAfter?: number } = {},
): Refused => ({
  outcome: isFinal(fault) ? 'failed' : 'deferred',
  reason: code,
  perhapsTaken: false,
  fault,
  ...more,
});

/** The same, with the code after a word for the fault. */
export const inWords = (fault: Blame, code: string): string => {
  const word = WORDS[fault];
  return word === undefined ? code : [word, code].filter(Boolean).join(': ');
};

/** The configuration has no robot or endpoint of this name. */
export const NOT_CONFIGURED: ChannelAnswer = refusedFor('address', 'not-configured');

/** One recipient has had enough for now, by our own count. `retryAfter` is in seconds. */
export const rateLimited = (retryAfter?: number): ChannelAnswer =>
  refusedFor('recipient', 'rate-limited', retryAfter === undefined ? {} : { retryAfter });
