import { z } from 'zod';
import { quoted } from '../../lib/quoted.js';
import { TEXT_AUDIENCES } from '../../plan/types.js';
import { episodePaths } from '../engine/schemas.js';
import { count, hash, instant, line, prose, text } from '../http/schemas.js';

/** Empty: the document has no number. */
const number = text(100).optional().meta({ description: '本区的发文字号；没有的留空' });

const words = { title: line, text: prose, number };

export const textDraftRequest = z.strictObject(words).meta({ id: 'WarningTextDraft' });

export const textIssueRequest = z
  .strictObject({
    title: line.optional(),
    text: prose.optional(),
    number,
    onPublicPages: z
      .boolean()
      .default(false)
      .meta({ description: '演练中面向公众的文字是否放到公众页面；真实过程的总是放' }),
    broadcast: z
      .boolean()
      .optional()
      .meta({ description: '面向公众的文字是否向公共媒体滚动播发；不填的，真实过程登记了公共媒体就播发，演练不播发' }),
  })
  .meta({ id: 'WarningTextIssue' });

const said = { title: z.string(), text: z.string(), number: z.string().optional() };

export const warningText = z
  .object({
    noticeId: z.string(),
    noticeName: z.string(),
    occasion: z.enum(['start', 'adjustment', 'extension', 'lifting']),
    effect: z.enum(['to-come', 'taken', 'overtaken']),
    audience: z.enum(TEXT_AUDIENCES),
    status: z.enum(['draft', 'saved', 'issued']).meta({
      description: 'title、text 是什么：draft 按记录生成，saved 已修改、尚未印发，issued 与最近印发的一版相同',
    }),
    ...said,
    revision: z.string().meta({ description: '所读到的版本；修改和印发时放在 If-Match 中，他人已改的答 412' }),
    savedAt: instant.optional(),
    draft: z.object(said).meta({ description: '按现在的记录生成的草稿' }),
    versions: z
      .array(
        z.object({
          ...said,
          version: count,
          seq: count,
          issuedAt: instant,
          onPublicPages: z.boolean(),
          broadcast: z.literal(true).optional().meta({ description: '已交公共媒体播发' }),
          paper: z.object({ hash, name: z.string(), size: count }).optional(),
        }),
      )
      .meta({ description: '已印发的各版，新的在前' }),
  })
  .meta({ id: 'WarningText', description: 'A text of a warning, to the units or to the public' });

export const warningTexts = z
  .object({
    items: z.array(warningText),
    toIssue: z
      .array(z.object({ noticeId: z.string(), audience: z.enum(TEXT_AUDIENCES) }))
      .meta({ description: '尚未印发的' }),
    broadcast: z
      .object({
        media: count.meta({ description: '登记了接口的公共媒体数' }),
        everyMinutes: count.meta({ description: '按现行级别每隔多少分钟播发一次' }),
        noticeId: z.string().optional(),
        seq: count.optional().meta({ description: '正在播发的文字，按印发它的记录' }),
        lastAt: instant.optional(),
        nextAt: instant.optional().meta({ description: '没有的：不再播发，或后来的通知已生效而公告尚未发布' }),
      })
      .meta({ description: '向公共媒体滚动播发' }),
  })
  .meta({ id: 'WarningTexts' });

const noAudience = ({ input }: { input?: unknown }): string =>
  `没有面向${quoted(String(input))}的文字，请写 units（责任单位）或 public（公众）`;

const ofNotice = episodePaths.episode.extend({ noticeId: line });

export const textPaths = {
  one: ofNotice.extend({ audience: z.enum(TEXT_AUDIENCES, { error: noAudience }) }),
  paper: ofNotice,
};

export const textVersion = z.strictObject({
  version: z
    .union([z.literal('draft'), z.coerce.number().int().min(1).max(10_000)], {
      error: '应为已印发的版次，例如 1，或者 draft（草稿）',
    })
    .optional(),
});
