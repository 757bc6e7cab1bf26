/** The words of the plan and of the calendar, as messages and pages write them. */
import { DateTime } from 'luxon';
import { responseLevelOf } from '../rules/levels.js';
import type { ResponseLevel, TaskChange, WarningLevel } from '../types.js';

const WARNINGS: Record<WarningLevel, string> = { yellow: '黄色', orange: '橙色', red: '红色' };

/** The levels as the plan prints them: Ⅲ and Ⅱ are single characters, I is a Latin letter (§4.1). */
const RESPONSES: Record<ResponseLevel, string> = { III: 'Ⅲ级', II: 'Ⅱ级', I: 'I级' };

export const CHANGES: Record<TaskChange, string> = { new: '新增', tightened: '加严', continued: '延续', eased: '放宽' };

export const warningName = (level: WarningLevel): string => `${WARNINGS[level]}预警`;
export const responseName = (level: ResponseLevel): string => `${RESPONSES[level]}应急响应`;

/** `红色预警·I级响应` */
export const levelName = (level: WarningLevel): string =>
  `${warningName(level)}·${RESPONSES[responseLevelOf(level)]}响应`;

const inBeijing = (iso: string): DateTime => DateTime.fromISO(iso, { zone: 'Asia/Shanghai' });

/** `2015年11月27日14时00分`, Beijing, without leading zeros before 月 and 日 (GB/T 9704—2012). */
export const timeInWords = (iso: string): string => inBeijing(iso).toFormat('yyyy年L月d日HH时mm分');

/** `11月27日14:00`, for an SMS. */
export const timeBriefly = (iso: string): string => inBeijing(iso).toFormat('L月d日HH:mm');

/** `2015年11月27日` of a date or an instant. */
export const dayInWords = (iso: string): string => inBeijing(iso).toFormat('yyyy年L月d日');

/** `11月27日`, for an SMS. */
export const dayBriefly = (iso: string): string => inBeijing(iso).toFormat('L月d日');

/** The Beijing day after that of an instant. */
export const dayAfter = (iso: string): string => inBeijing(iso).plus({ days: 1 }).toFormat('yyyy年L月d日');

/** `30分钟`, `4小时`, `3天`: the largest unit that divides the minutes. */
export function durationInWords(minutes: number): string {
  if (minutes % 1440 === 0) return `${minutes / 1440}天`;
  return minutes % 60 === 0 ? `${minutes / 60}小时` : `${minutes}分钟`;
}
