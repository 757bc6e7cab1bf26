import { episodeTimeAt, realTimeOf } from '../episode/clock.js';
import type { Command } from '../episode/commands.js';
import { due } from '../episode/due.js';
import { readyMessages } from '../episode/message-order.js';
import type { EpisodeState, Message } from '../episode/state-types.js';
import { append } from './activities.js';
import { type ChainCore, runChain } from './chain.js';
import type { EpisodeInput } from './contract.js';
import { HandingOver } from './handing-over.js';
import { turnOf } from './turn-of.js';

const episodeCore: ChainCore<EpisodeState, Command, Message> = {
  chainIdOf: ({ episodeId }) => episodeId,
  turn: (state, inbox, underWay) => turnOf(state, { inbox, append }, Date.now(), underWay),
  nextMoment,
  readyMessages: (state) => readyMessages(state, episodeNow(state)),
  errand: (inbox) => new HandingOver(inbox),
};

/** The life of an episode. */
export const episode = (input: EpisodeInput): Promise<void> => runChain(episodeCore, input);

const episodeNow = ({ clock, head }: EpisodeState) => episodeTimeAt(clock, Math.max(Date.now(), head.at));

/**
 * The next moment, in real time, at which something happens by itself. What was due by the time of the last entry is due
 * at once, although the machine's clock may have gone back behind it (docs/design.md, "The clock").
 */
function nextMoment(state: EpisodeState, isHeld: (message: Message) => boolean, isIdle: boolean): number | undefined {
  const moment = due(state, episodeNow(state), isHeld, isIdle);
  if (moment === undefined) return undefined;
  const real = realTimeOf(state.clock, moment);
  return real <= state.head.at ? Math.min(real, Date.now()) : real;
}
