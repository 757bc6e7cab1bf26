/** The frame of a message, whatever it tells of: its recipient, and the links to go on. */
import { optional, type Placeholders, textPlaceholder, type ValuesOf } from './placeholders.js';
import { DESK } from './shared-placeholders.js';

export const FRAME = {
  recipient: optional('收信人', ''),
  body: textPlaceholder('一封信要说的全部内容', ''),
  acknowledgeLink: optional('一键确认的链接，需要确认时才有', ''),
  workLink: optional('责任单位办理的地址', ''),
  viewLink: optional('办公室查看的地址', ''),
  details: optional('任务清单等查阅用的内容', ''),
  ...DESK,
} as const satisfies Placeholders;

export type FrameValues = Omit<ValuesOf<typeof FRAME>, 'body' | 'details'>;
export type DeskValues = ValuesOf<typeof DESK>;
