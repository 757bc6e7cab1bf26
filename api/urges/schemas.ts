import { z } from 'zod';
import { contactWarnings } from '../engine/contact-warnings.js';
import { episodeBody, episodePaths, withEntry } from '../engine/schemas.js';
import { unitDeadline } from '../engine/unit-deadline.js';
import { line, text } from '../http/schemas.js';

export const urgeRequest = z
  .strictObject({
    unitIds: z
      .array(line)
      .min(1, { error: '请至少选择一个单位' })
      .max(200, { error: '最多 200 个单位，请分几次催办' })
      .refine((unitIds) => new Set(unitIds).size === unitIds.length, { error: '同一单位请只写一次' })
      .meta({ uniqueItems: true }),
    about: z
      .array(
        z.strictObject({
          deadline: unitDeadline.deadline,
          subject: line.optional().meta({
            description: '通知的 noticeId、日报的日期、任务的 taskId、通报的 circularId；不填为这一类中所有没有办的',
          }),
        }),
      )
      .min(1, { error: '请至少填写一项' })
      .max(20, { error: '最多 20 项，请分几次催办' }),
    text: text(200).regex(/\S/, { error: '不能为空，请填写' }).optional().meta({ description: '附的话，一并发给单位' }),
  })
  .meta({
    id: 'UrgeRequest',
    examples: [
      { unitIds: ['education'], about: [{ deadline: 'acknowledgement', subject: 'n1' }], text: '请立即确认。' },
    ],
  });

export const urgedBody = withEntry(episodeBody).extend({ warnings: contactWarnings });

export const urgePaths = episodePaths.episode;
