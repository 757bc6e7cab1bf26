/** What a message is, and what a way of sending it does. */

export interface Message {
  /** Names the message to one contact for good: the same on every try. */
  key: string;
  /** What it tells of happened then; real milliseconds since 1970. */
  at: number;
  to: { name: string; address: string };
  subject: string;
  text: string;
}

/**
 * How a try to send ended. `failed`: for good, the address is at fault; `deferred`: worth another try.
 * `perhapsTaken`: the connection broke when the server may have had the message already.
 * Reasons hold no address, name or number of anybody.
 */
export type Answer =
  | { outcome: 'taken'; messageId: string }
  | { outcome: 'failed' | 'deferred'; reason: string; perhapsTaken: boolean };

export interface Mailer {
  /** Never throws; gives up as `deferred` when the signal aborts. */
  send(message: Message, signal: AbortSignal): Promise<Answer>;
  close(): void;
}
