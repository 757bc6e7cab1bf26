import { z } from 'zod';
import { STATEMENT_SUBJECTS } from '../../plan/types.js';

import { attachmentIds, givenInstant, instant, line, prose } from '../http/schemas.js';

const statementWords = { about: z.enum(STATEMENT_SUBJECTS), title: line, text: prose };

export const statementRequest = z
  .strictObject({
    ...statementWords,
    corrects: line.optional().meta({ description: '所更正的回应的编号，如 t1' }),
    onPublicPages: z
      .boolean()
      .optional()
      .meta({ description: '演练的回应是否在公开页面上显示，默认不显示；实际过程的总是显示' }),
  })
  .meta({ id: 'StatementRequest' });

/** The office sees it as a link, and opens it. */
const url = line.regex(/^https?:\/\/\S+$/i, { error: '请填写完整的网址，可从浏览器的地址栏复制，中间不能有空格' });

export const appearanceRequest = z
  .strictObject({
    textId: line.meta({ description: '已发布的文字的编号：n1-2 是第一号通知的第二版，t1 是第一条回应' }),
    medium: line,
    at: givenInstant,
    url: url.optional(),
    attachmentIds: attachmentIds.optional(),
  })
  .meta({ id: 'AppearanceRequest' });

const appearance = z.object({
  seq: z.number().int(),
  medium: z.string(),
  at: instant,
  url: z.string().optional(),
  attachmentIds: z.array(z.string()).optional(),
  notedAt: instant,
  unitId: z.string().optional().meta({ description: '登记的发布单位；办公室登记的没有' }),
  unitName: z.string().optional(),
});

export const publicWords = z
  .object({
    media: z.array(z.string()).meta({ description: '预案列举的发布媒体' }),
    texts: z.array(
      z.object({
        textId: z.string(),
        noticeId: z.string().optional(),
        statement: z.object({ about: z.enum(STATEMENT_SUBJECTS), corrects: z.string().optional() }).optional(),
        title: z.string(),
        text: z.string(),
        issuedAt: instant,
        onPublicPages: z.boolean(),
        correctedBy: z.string().optional().meta({ description: '已被这一份更正' }),
        appearances: z.array(appearance),
        missing: z.array(z.string()).meta({ description: '预案列举的媒体中尚未登记发布的；已更正的不再列出' }),
      }),
    ),
  })
  .meta({ id: 'PublicWords' });
