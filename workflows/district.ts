import { districtDue } from '../district/due.js';
import type { DistrictMessage, DistrictState } from '../district/entries.js';
import { DISTRICT_CHAIN, readyReminders } from '../district/state.js';
import type { DistrictCommand } from '../district/turn.js';
import { append } from './activities.js';
import { type ChainCore, runChain } from './chain.js';
import type { DistrictInput } from './contract.js';
import { districtTurnOf } from './district-turn.js';

const districtCore: ChainCore<DistrictState, DistrictCommand, DistrictMessage> = {
  chainIdOf: () => DISTRICT_CHAIN,
  turn: (state, inbox, underWay) => districtTurnOf(state, { inbox, append }, Date.now(), underWay),
  nextMoment(state, isHeld) {
    const now = Math.max(Date.now(), state.head.at);
    const moment = districtDue(state, now, isHeld);
    return moment !== undefined && moment <= state.head.at ? Math.min(moment, Date.now()) : moment;
  },
  readyMessages: (state) => readyReminders(state, Math.max(Date.now(), state.head.at)),
};

/** What outlives the episodes. It has no end. */
export const districtChain = (input: DistrictInput): Promise<void> => runChain(districtCore, input);
