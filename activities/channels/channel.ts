/** A message, and the contract of a channel that sends it. */

export interface ChannelMessage {
  /** Names the message to one contact by one channel. The same on every try. */
  key: string;
  /** Moment of the reported entry, in real milliseconds. */
  at: number;
  /** The address is an e-mail address, a number that takes SMS, or the configured name of a robot or endpoint. */
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** The HTML part of a mail. */
  html?: string;
  /** Address at which to act on it. Stays whole when the text is cut. */
  link?: string;
  /** True for drills. Their messages do not use up what a real warning may need. */
  drill?: true;
  /** Mobile number of the person to mention in a group. */
  mention?: string;
}

/**
 * Result of a try to send. `failed` is final: the address or the text is at fault. `deferred` is worth another try,
 * after `retryAfter` seconds if the other side says so. `perhapsTaken`: the other side may have the message already.
 * `awaitsReceipt`: the other side tells later whether it arrived. Reasons hold nobody's address, name, number or secret.
 */
export type ChannelAnswer =
  | { outcome: 'taken'; messageId: string; awaitsReceipt?: true }
  | { outcome: 'failed' | 'deferred'; reason: string; perhapsTaken: boolean; retryAfter?: number };

export interface ChannelSender {
  /** Never throws. When the signal aborts, the result is `deferred`. */
  send(message: ChannelMessage, signal: AbortSignal): Promise<ChannelAnswer>;
}

/** A sender that keeps connections open. */
export interface Mailer extends ChannelSender {
  close(): void;
}

export const failed = (reason: string): ChannelAnswer => ({ outcome: 'failed', reason, perhapsTaken: false });

export const deferred = (
  reason: string,
  more: { perhapsTaken?: boolean; retryAfter?: number } = {},
): ChannelAnswer => ({
  outcome: 'deferred',
  reason,
  perhapsTaken: false,
  ...more,
});

export const NOT_CONFIGURED = failed('not-configured');

/** Too many for now. `retryAfter` is in seconds. */
export const rateLimited = (retryAfter?: number): ChannelAnswer =>
  deferred('rate-limited', retryAfter === undefined ? {} : { retryAfter });
