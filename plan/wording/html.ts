/**
 * The HTML part of a mail, for Outlook, QQ and WeChat: tables and inline styles only, no picture, script or address but
 * the links. Where a reader drops the sheet in the head, colours and widths still hold.
 */
import type { WarningLevel } from '../types.js';
import type { Line } from './content.js';
import type { ChannelEvent } from './events.js';
import { levelName } from './words.js';

export interface HtmlMessage {
  subject: string;
  bar: Bar;
  drill: boolean;
  lines: readonly Line[];
}

/** The first line of a mail: its matter in words, on a colour. */
export interface Bar {
  back: string;
  ink: string;
  /** So many as the level is high. */
  strokes?: string;
  text: string;
}

/** The colours of the pages behind links. */
const BARS: Record<WarningLevel, Omit<Bar, 'text'>> = {
  yellow: { back: '#ffd600', ink: '#16202b', strokes: '▮' },
  orange: { back: '#ff9100', ink: '#16202b', strokes: '▮▮' },
  red: { back: '#b71c1c', ink: '#ffffff', strokes: '▮▮▮' },
};
/** What is told of: a level, the time after lifting, what is revised after it, or a channel, which concerns no level. */
export type BarSubject = WarningLevel | 'over' | 'revisions' | ChannelEvent;

const OTHER_BARS: Record<Exclude<BarSubject, WarningLevel>, Bar> = {
  over: { back: '#1b5e20', ink: '#ffffff', text: '预警解除' },
  revisions: { back: '#37474f', ink: '#ffffff', text: '整改与修订' },
  'channel-ill': { back: '#37474f', ink: '#ffffff', text: '渠道异常' },
  'channel-well': { back: '#1b5e20', ink: '#ffffff', text: '渠道恢复' },
  'channel-test': { back: '#455a64', ink: '#ffffff', text: '测试' },
};

const isLevel = (standing: BarSubject): standing is WarningLevel => standing in BARS;

export const barOf = (standing: BarSubject): Bar =>
  isLevel(standing) ? { ...BARS[standing], text: levelName(standing) } : OTHER_BARS[standing];

export const DRILL_MARK = '【演练】';
export const TEST_MARK = '【测试】';
export const TEST = `${TEST_MARK}本消息用于测试渠道，不是真实预警。`;
/** The first words of a drill's mail. */
export const DRILL = `${DRILL_MARK}本邮件用于应急演练，不是真实预警。`;

const FONT = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif";
const BREAKS = 'overflow-wrap:anywhere;word-break:break-word';

/** For readers that keep it; `!important` wins over the inline styles. */
const SHEET = `
@media (prefers-color-scheme: dark) {
  .page, .back { background-color: #10161d !important; }
  .ink { color: #e8edf2 !important; }
  .soft { color: #a9b6c2 !important; }
  .rule { border-color: #3a4754 !important; }
  .away { color: #8ec5ff !important; }
}
@page { size: A4; margin: 12mm; }
@media print {
  .page, .back { background-color: #ffffff !important; max-width: none !important; }
  .rule { padding-top: 1px !important; padding-bottom: 1px !important; }
  .ink { font-size: 9.5pt !important; line-height: 1.3 !important; }
  .soft { font-size: 7pt !important; line-height: 1.25 !important; }
  .row { break-inside: avoid; }
}
`;

export function htmlOf({ subject, bar, drill, lines }: HtmlMessage): string {
  const title = escaped(subject);
  const head = [DRILL_MARK, `【${bar.text}】`].reduce(
    (rest, mark) => (rest.startsWith(mark) ? rest.slice(mark.length) : rest),
    subject,
  );
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
<style>${SHEET}</style>
</head>
<body class="page" style="margin:0;padding:0;background-color:#eef1f5;-webkit-text-size-adjust:100%">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" border="0" style="background-color:#eef1f5"><tr><td align="center">
<!--[if mso]><table role="presentation" width="680" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" class="back" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:680px;background-color:#ffffff;text-align:left;${FONT}">
${drill ? stripe(DRILL) : ''}${band(bar.back, bar.ink, `font-size:20px;font-weight:bold`, bar.strokes ? `${bar.strokes} ${bar.text}` : bar.text)}
${row(`<h1 class="ink" style="margin:0;font-size:22px;line-height:1.4;color:#16202b;${BREAKS}">${escaped(head)}</h1>`, 'padding:18px 20px 4px')}
${rowsOf(lines)}
${row('&nbsp;', 'padding:4px 20px;line-height:1')}
${drill ? stripe(DRILL_MARK) : ''}</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}

const row = (inside: string, style: string): string =>
  `<tr class="row"><td class="rule" style="${style};${FONT}">${inside}</td></tr>`;

const band = (back: string, ink: string, style: string, text: string): string =>
  `<tr><td bgcolor="${back}" style="padding:12px 20px;background-color:${back};color:${ink};${style};line-height:1.4;${FONT}">${text}</td></tr>`;

/** Marked by words, and by slanting stripes where they are drawn. */
const stripe = (text: string): string =>
  `${band('#4a148c', '#ffffff', 'background-image:repeating-linear-gradient(135deg,#4a148c 0,#4a148c 14px,#6a1b9a 14px,#6a1b9a 28px);font-size:16px;font-weight:bold', text)}\n`;

/** The first link is the button, the others are plain. */
function rowsOf(lines: readonly Line[]): string {
  const button = lines.find(({ kind }) => kind === 'link');
  return lines.map((line) => (line === button ? buttonOf(line) : rowOf(line))).join('\n');
}

const text = (style: string, inside: string, shade = 'ink'): string =>
  `<div class="${shade}" style="${style};${BREAKS}">${inside}</div>`;

const INK = 'color:#16202b;font-size:16px;line-height:1.6';
const SOFT = 'color:#4a5866;font-size:13px;line-height:1.5';

function rowOf(line: Line): string {
  switch (line.kind) {
    case 'blank':
      return '';
    case 'heading':
      return row(text(`${INK};font-size:18px;font-weight:bold`, broken(line.text)), 'padding:18px 20px 2px');
    case 'card':
      return row(
        text(`${INK};font-weight:bold`, broken(line.text)),
        'padding:10px 20px 2px;border-top:2px solid #cfd8e0',
      );
    case 'step':
      return row(text(INK, broken(line.text)), 'padding:4px 20px');
    case 'item':
      return row(text(`${INK};font-weight:bold`, broken(line.text)), 'padding:6px 20px 0');
    case 'small':
      return row(text(SOFT, broken(line.text), 'soft'), 'padding:0 20px 4px 36px');
    case 'link':
      return row(anchor(line), 'padding:2px 20px');
    default:
      return row(text(INK, broken(line.text)), 'padding:3px 20px');
  }
}

type Link = Extract<Line, { text: string }>;

/** Only an address of the web is a link: no value can bring in another kind. */
const isWebAddress = (url: string | undefined): url is string => /^https?:\/\//i.test(url ?? '');

function anchor({ text: label, url }: Link): string {
  if (!isWebAddress(url)) return text(INK, `${escaped(label)}：`) + text(INK, escaped(url ?? ''));
  return `<a class="away" href="${escaped(url)}" style="color:#0b5cad;font-size:15px;line-height:1.6">${escaped(label)}</a>`;
}

/** A cell with a colour of its own, so that it is a button in Outlook too. The address is alone on a line, to be copied. */
function buttonOf(line: Line): string {
  if (line.kind !== 'link' || !isWebAddress(line.url)) return rowOf(line);
  const address = escaped(line.url);
  return row(
    `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" bgcolor="#0b5cad" style="background-color:#0b5cad;border-radius:10px;mso-padding-alt:16px 20px"><a href="${address}" style="display:block;padding:16px 20px;color:#ffffff;font-size:22px;font-weight:bold;line-height:1.4;text-decoration:none;${FONT}">${escaped(line.text)}</a></td></tr></table>
${text(`${SOFT};padding-top:6px;font-size:12px`, '按钮打不开时，请复制这个地址到浏览器：', 'soft')}${text(`${SOFT};font-size:12px;word-break:break-all`, address, 'soft')}`,
    'padding:14px 20px 8px',
  );
}

const broken = (words: string): string => withTelephones(escaped(words)).replaceAll('\n', '<br>');

/** A number stays on one line, and a tap rings it. */
const TELEPHONE = /(?<![\d-])(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})(?![\d-])/g;
const withTelephones = (html: string): string =>
  html.replace(
    TELEPHONE,
    (number) => `<a class="away" href="tel:${number}" style="color:#0b5cad;white-space:nowrap">${number}</a>`,
  );

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (words: string): string => words.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
