/** A message, and the contract of a channel that sends it. */

export interface ChannelMessage {
  /** Names the message to one contact by one way for good: the same on every try. */
  key: string;
  /** The moment of the reported entry; real milliseconds since 1970. */
  at: number;
  /** The address is an e-mail address, a number that takes SMS, or the configured name of a robot or endpoint. */
  to: { name: string; address: string };
  subject: string;
  text: string;
  /** Where to act on it; stays whole when the text is cut. */
  link?: string;
  /** Of a drill: its messages do not use up what a real warning may need. */
  drill?: true;
  /** Mobile number of the person to mention in a group. */
  mention?: string;
}

/**
 * How a try to send ended. `failed`: for good, the address or the text is at fault; `deferred`: worth another try, after
 * `retryAfter` seconds if the other side says so. `perhapsTaken`: the other side may have the message already.
 * Reasons hold no address, name, number or secret of anybody.
 */
export type ChannelAnswer =
  | { outcome: 'taken'; messageId: string }
  | { outcome: 'failed' | 'deferred'; reason: string; perhapsTaken: boolean; retryAfter?: number };

export interface ChannelSender {
  /** Never throws; gives up as `deferred` when the signal aborts. */
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

/** Enough for now; `retryAfter` in seconds. */
export const rateLimited = (retryAfter?: number): ChannelAnswer =>
  deferred('rate-limited', retryAfter === undefined ? {} : { retryAfter });
