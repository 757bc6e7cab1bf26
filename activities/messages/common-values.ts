/** Values that many messages share. */

import type { Entry } from '../../episode/entries.js';
import { nameOf, noticeInForce } from '../../episode/state.js';
import { responseLevelOf } from '../../plan/rules/levels.js';
import type { WarningLevel } from '../../plan/types.js';
import { durationInWords, levelName, responseName, warningName } from '../../plan/wording/words.js';
import type { MessageInput } from './message-input.js';

export const levelValues = (level: WarningLevel) => ({
  levelName: levelName(level),
  warning: warningName(level),
  response: responseName(responseLevelOf(level)),
});

export const levelInForce = ({ state }: MessageInput): WarningLevel => noticeInForce(state).level;

/** No level after lifting. */
export const levelUnlessLifted = (input: MessageInput): string =>
  input.state.liftedAt === undefined ? levelName(levelInForce(input)) : '';

export const unitNameOf = ({ unitId }: Entry, { state }: MessageInput): string =>
  unitId === undefined ? '' : nameOf(state, unitId);

/** The number of several, nothing for one. */
export const several = (things: readonly unknown[]): string => (things.length > 1 ? String(things.length) : '');

/** From two hours on, whole hours. */
export const roughly = (minutes: number): string =>
  durationInWords(minutes < 120 ? minutes : Math.round(minutes / 60) * 60);
