/** Deadlines as people name them: `1月10日日报`, `确认通报“关于…的通报”`. */
import { dateInWords } from '../shared/beijing.js';
import { episodeTexts } from '../texts/zh-CN/episode.js';

export interface TitledDeadline {
  deadline: keyof typeof episodeTexts.deadlines;
  noticeNumber?: string | undefined;
  date?: string | undefined;
  circularTitle?: string | undefined;
}

export function deadlineTitle(
  { deadline, noticeNumber = '', date, circularTitle }: TitledDeadline,
  now?: number,
): string {
  const name = episodeTexts.deadlines[deadline];
  if (circularTitle !== undefined) return `${name}“${circularTitle}”`;
  return `${date === undefined ? noticeNumber : dateInWords(date, now)}${name}`;
}

/** Named within its unit: by its notice, its day, its task or its circular. */
export const deadlineSubject = (one: {
  noticeId?: string;
  date?: string;
  taskId?: string;
  circularId?: string;
}): string | undefined => one.noticeId ?? one.date ?? one.taskId ?? one.circularId;
