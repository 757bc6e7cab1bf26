/** What the texts of a warning for both audiences are drafted from, and words that they share (§3.1.3 to §3.1.5). */
import type { WarningWords } from '../episode/commands.js';
import type { Entry } from '../episode/entries.js';
import { isWithoutResponse, noticeOf } from '../episode/state.js';
import type { EpisodeState, NoticeState } from '../episode/state-types.js';
import type { KeptEdition } from '../plan/edition/edition.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { compareWarnings, responseLevelOf } from '../plan/rules/levels.js';
import type { WarningLevel } from '../plan/types.js';
import type { DeskValues } from '../plan/wording/frame.js';
import { forecastInWords, hourInWords, noticeInBrackets, responseName, warningName } from '../plan/wording/words.js';
import { senderOf } from './sender.js';

/** The entry of a notice. */
export type EnteredNotice = Extract<Entry, { kind: 'warning.issued' | 'level.adjusted' | 'warning.lifted' }>;

export type WarningOccasion = 'start' | 'adjustment' | 'extension' | 'lifting';

export type WarningDraft = Omit<WarningWords, 'onPublicPages'>;

export interface WarningInput {
  state: EpisodeState;
  noticeId: string;
  /** Of the notice, and of the start. */
  entered: readonly EnteredNotice[];
  edition: KeptEdition;
  /** The telephone of the office's duty desk. */
  desk: Pick<DeskValues, 'officePhone'>;
}

/** An adjustment that leaves the level as it is, changes the expected end. */
export function occasionOf(entered: EnteredNotice): WarningOccasion {
  if (entered.kind === 'warning.issued') return 'start';
  if (entered.kind === 'warning.lifted') return 'lifting';
  return entered.data.previousLevel === entered.data.level ? 'extension' : 'adjustment';
}

/** A notice as the texts tell of it. */
export interface Warned {
  occasion: WarningOccasion;
  notice: NoticeState;
  district: string;
  office: string;
  /** Says first that it is a drill. */
  mark: string;
  /** `橙色预警`, `Ⅱ级应急响应`. */
  warning: string;
  response: string;
  /** `2026年1月10日14时`. */
  effectiveAt: string;
  /** Lifted before anything took effect. */
  isWithoutResponse: boolean;
  /** `根据某办公室通知（乌环委办〔2026〕1号）`. */
  basis: string;
  forecast: string;
}

export function warnedOf({ state, noticeId, entered, edition }: WarningInput): Warned {
  const notice = noticeOf(state, noticeId);
  const { district, office } = senderOf(edition);
  const entry = enteredFor(entered, noticeId);
  const { issuer, basis, forecast } = entry.data.notice;
  return {
    occasion: occasionOf(entry),
    notice,
    district,
    office,
    mark: state.drill ? '【演练】' : '',
    warning: warningName(notice.level),
    response: responseName(responseLevelOf(notice.level)),
    effectiveAt: hourInWords(beijingIso(notice.effectiveAt)),
    isWithoutResponse: notice.kind === 'lift' && isWithoutResponse(state),
    basis: `根据${issuer}${basis === 'region' ? '区域预警' : ''}通知（${cited(notice)}）`,
    forecast: forecast ? `预报：${forecastInWords(forecast)}。` : '',
  };
}

/** A notice without a number says so: nobody looks for it in the files. */
const cited = (notice: NoticeState): string =>
  `${noticeInBrackets(notice)}${notice.number === undefined && notice.received ? '，无文号' : ''}`;

export const enteredFor = (entered: readonly EnteredNotice[], noticeId: string): EnteredNotice =>
  entered.find(({ data }) => data.noticeId === noticeId)!;

/** What the start tells of the pollution; a later notice does not. */
export const startIn = (entered: readonly EnteredNotice[]) =>
  entered.flatMap((entry) => (entry.kind === 'warning.issued' ? [entry.data] : []))[0]!;

/** `黄色预警升级为橙色预警` of an adjustment. */
export function changeInWords(input: WarningInput): string {
  const { before, level } = levelsOf(input);
  return `${warningName(before)}${riseOrFall(input)}为${warningName(level)}`;
}

export function riseOrFall(input: WarningInput): '升级' | '降级' {
  const { before, level } = levelsOf(input);
  return compareWarnings(level, before) > 0 ? '升级' : '降级';
}

function levelsOf({ entered, noticeId, state }: WarningInput): { before: WarningLevel; level: WarningLevel } {
  const { data, kind } = enteredFor(entered, noticeId);
  const { level } = noticeOf(state, noticeId);
  return { level, before: kind === 'level.adjusted' ? data.previousLevel : level };
}

/** The end that is expected, and how it differs from the one before. */
export function endInWords({ state, noticeId }: WarningInput): string {
  const at = state.notices.findIndex((notice) => notice.noticeId === noticeId);
  const { expectedEndAt } = state.notices[at]!;
  const before = state.notices.slice(0, at).findLast(({ effect }) => effect !== 'overtaken')?.expectedEndAt;
  if (expectedEndAt === undefined) return '解除时间另行通知';
  const end = hourInWords(expectedEndAt);
  if (before === undefined || Date.parse(before) === Date.parse(expectedEndAt)) return `预计于${end}结束`;
  return `预计结束时间${Date.parse(expectedEndAt) > Date.parse(before) ? '延长' : '提前'}至${end}`;
}
