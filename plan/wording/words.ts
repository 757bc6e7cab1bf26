/** The words of the plan and of the calendar, as messages and pages write them. */
import { DateTime } from 'luxon';
import { beijingIso } from '../rules/calendar.js';
import { responseLevelOf } from '../rules/levels.js';
import { workdaysOf } from '../rules/workdays.js';
import type {
  CircularOrigin,
  HowReceived,
  NoticeBasis,
  ResponseLevel,
  TaskChange,
  TimeGiven,
  WarningLevel,
} from '../types.js';

const WARNINGS: Record<WarningLevel, string> = { yellow: '黄色', orange: '橙色', red: '红色' };

/** The levels as the plan prints them: Ⅲ and Ⅱ are single characters, I is a Latin letter (§4.1). */
const RESPONSES: Record<ResponseLevel, string> = { III: 'Ⅲ级', II: 'Ⅱ级', I: 'I级' };

/** The card of tasks that the office added (§4.3). */
export const ADDED_TASKS = '办公室增加的任务';

export const CHANGES: Record<TaskChange, string> = { new: '新增', tightened: '加严', continued: '延续', eased: '放宽' };

export const warningName = (level: WarningLevel): string => `${WARNINGS[level]}预警`;
export const responseName = (level: ResponseLevel): string => `${RESPONSES[level]}应急响应`;

/** `红色预警·I级响应` */
export const levelName = (level: WarningLevel): string =>
  `${warningName(level)}·${RESPONSES[responseLevelOf(level)]}响应`;

export const CIRCULARS: Record<CircularOrigin, string> = { city: '转发市环委办通报', district: '区环委办通报' };

export const OUTCOMES: Record<'late' | 'missed', string> = { late: '逾期补办', missed: '逾期未办' };

const RECEIVED: Record<HowReceived, string> = { telephone: '电话通知', message: '消息通知', document: '书面通知' };

interface NamedByNumber {
  number?: string;
  received?: { by: HowReceived; at: number };
}

const cameBy = ({ received }: NamedByNumber): string => (received ? RECEIVED[received.by] : '无文号通知');
const cameAt = ({ received }: NamedByNumber): string => (received ? `${timeInWords(beijingIso(received.at))}收到` : '');

/** A notice's number. Without one `电话通知（2026年1月10日03时00分收到）`. */
export const noticeName = (notice: NamedByNumber): string =>
  notice.number ?? `${cameBy(notice)}${notice.received ? `（${cameAt(notice)}）` : ''}`;

/** The same to stand in brackets: `电话通知，2026年1月10日03时00分收到`. */
export const noticeInBrackets = (notice: NamedByNumber): string =>
  notice.number ?? [cameBy(notice), cameAt(notice)].filter(Boolean).join('，');

export const BASES: Record<NoticeBasis, string> = { city: '市级通知', region: '区域预警', own: '本区决定' };

/** `水环委办〔2026〕3号《关于启动应急响应的通知》`, or what there is of it. */
export const ownNoticeName = ({ number = '', title }: { number?: string; title?: string }): string =>
  `${number}${title === undefined ? '' : `《${title}》`}`;

interface ForecastWords {
  aqi?: [from: number, to: number];
  from?: string;
  until?: string;
  text?: string;
}

/** `2026年1月10日14时00分至2026年1月13日14时00分，AQI 151至200，静稳`, or what there is of it. */
export function forecastInWords({ aqi, from, until, text }: ForecastWords): string {
  const span = `${from === undefined ? '' : timeInWords(from)}${until === undefined ? '' : `至${timeInWords(until)}`}`;
  const index = aqi && (aqi[0] === aqi[1] ? `AQI ${aqi[0]}` : `AQI ${aqi[0]}至${aqi[1]}`);
  return [span, index, text?.replace(/[。\s]+$/, '')].filter(Boolean).join('，');
}

const inBeijing = (iso: string): DateTime => DateTime.fromISO(iso, { zone: 'Asia/Shanghai' });

/** `2015年11月27日14时00分`, Beijing, without leading zeros before 月 and 日 (GB/T 9704—2012). */
export const timeInWords = (iso: string): string => inBeijing(iso).toFormat('yyyy年L月d日HH时mm分');

/**
 * As notices say it: `2026年1月10日14时`, `2026年1月10日14时30分`. Midnight is `2026年1月10日24时（11日0时）`: who reads only
 * one of the two takes it for another day.
 */
export function hourInWords(iso: string): string {
  const at = inBeijing(iso);
  if (at.hour !== 0 || at.minute !== 0) return at.toFormat(at.minute === 0 ? 'yyyy年L月d日H时' : 'yyyy年L月d日H时mm分');
  const before = at.minus({ days: 1 });
  return `${before.toFormat('yyyy年L月d日')}24时（${at.toFormat(at.day === 1 ? 'L月d日' : 'd日')}0时）`;
}

/** `11月27日14:00`, for an SMS. */
export const timeBriefly = (iso: string): string => inBeijing(iso).toFormat('L月d日HH:mm');

/** `2015年11月27日` of a date or an instant. */
export const dayInWords = (iso: string): string => inBeijing(iso).toFormat('yyyy年L月d日');

/** `11月27日`, for an SMS. */
export const dayBriefly = (iso: string): string => inBeijing(iso).toFormat('L月d日');

/** The Beijing day after that of an instant. */
export const dayAfter = (iso: string): string => inBeijing(iso).plus({ days: 1 }).toFormat('yyyy年L月d日');

/** `72小时` as `3天`, `3 workdays` as `3个工作日`. */
export const timeGivenInWords = (given: TimeGiven): string =>
  typeof given === 'number' ? durationInWords(given * 60) : `${workdaysOf(given)}个工作日`;

/** `30分钟`, `4小时`, `3天`: the largest unit that divides the minutes. */
export function durationInWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}天`;
  return minutes % 60 === 0 ? `${minutes / 60}小时` : `${minutes}分钟`;
}
