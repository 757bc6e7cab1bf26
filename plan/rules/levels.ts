import { RESPONSE_LEVELS, type ResponseLevel, WARNING_LEVELS, type WarningLevel } from '../types.js';

const STARTED_BY: Record<WarningLevel, ResponseLevel> = { yellow: 'III', orange: 'II', red: 'I' };

/** The response level that a warning starts (§4.1). */
export const responseLevelOf = (level: WarningLevel): ResponseLevel => STARTED_BY[level];

/** Negative, zero or positive as `a` is below, at or above `b` (§3.1.1, §4.1: low to high). */
export const compareWarnings = (a: WarningLevel, b: WarningLevel): number =>
  WARNING_LEVELS.indexOf(a) - WARNING_LEVELS.indexOf(b);

export const compareResponses = (a: ResponseLevel, b: ResponseLevel): number =>
  RESPONSE_LEVELS.indexOf(a) - RESPONSE_LEVELS.indexOf(b);

/** The plan is for PM2.5 alone; dust and ozone are outside it (§1.3). */
export const coversPollutant = (pollutant: string): boolean => pollutant === 'PM2.5';
