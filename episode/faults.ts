/**
 * Whose fault it is that a message was not taken. `address` and `text` are final. `recipient`: his mailbox or his share, for
 * now. The way out is ill with `account` (the sender, his settings, his money), `policy` (too many, too fast, distrusted) and
 * `server`. `unclear`: the refusal does not say; whether it was the message's or the way's shows with the next message.
 */
export type Blame = 'address' | 'text' | 'recipient' | 'account' | 'policy' | 'server' | 'unclear';

export const isFinal = (fault: Blame): boolean => fault === 'address' || fault === 'text';

const OF_THE_WAY: ReadonlySet<Blame> = new Set(['account', 'policy', 'server']);
export const isOfTheWay = (fault: Blame | undefined): boolean => fault !== undefined && OF_THE_WAY.has(fault);
