import { WAY_FAULTS, type WayFault } from '../plan/types.js';

/**
 * Whose fault it is that a message was not taken. `address` and `text` are final. `recipient`: his mailbox or his share, for
 * now. The way out is ill with `account` (the sender, his settings, his money), `policy` (too many, too fast, distrusted) and
 * `server`. `unclear`: the refusal does not say; whether it was the message's or the way's shows with the next message.
 */
export type Blame = 'address' | 'text' | 'recipient' | WayFault | 'unclear';

export const isFinal = (fault: Blame): boolean => fault === 'address' || fault === 'text';

export const isOfTheWay = (fault: Blame | undefined): fault is WayFault =>
  WAY_FAULTS.some((ofTheWay) => ofTheWay === fault);
