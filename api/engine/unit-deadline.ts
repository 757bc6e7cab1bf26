import { z } from 'zod';
import { line } from '../http/schemas.js';

/** A deadline of a unit; the office's own are none of a unit's. */
export const unitDeadline = {
  deadline: z.enum([
    'acknowledgement',
    'lifting',
    'implementation',
    'task',
    'report',
    'summary',
    'circular',
    'measures',
  ]),
  subject: line
    .optional()
    .meta({ description: '通知的 noticeId、日报的日期、任务的 taskId、通报的 circularId；总结没有' }),
};
