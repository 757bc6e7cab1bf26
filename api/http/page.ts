/** Plain pages for phones: no script, nothing from elsewhere, nothing kept. mustache escapes every value. */
import { createHash } from 'node:crypto';
import type { Response } from 'express';
import mustache from 'mustache';

export interface PlainPage {
  status: number;
  title: string;
  /** A mustache template of the page's inside, and its values. */
  template: string;
  view?: object;
  headers?: Record<string, string>;
}

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f5; color: #16202b; font: 18px/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
main { max-width: 32rem; min-height: 100vh; margin: 0 auto; padding: 20px 20px 32px; background: #fff; }
h1 { margin: 12px 0 4px; font-size: 26px; line-height: 1.35; }
p { margin: 8px 0; }
.drill { margin: -20px -20px 16px; padding: 10px 20px; background: #4a148c; color: #fff; font-weight: 700; }
.level { display: inline-block; margin: 4px 0 0; padding: 4px 12px; border-radius: 6px; font-weight: 700; }
.yellow { background: #ffd600; color: #16202b; }
.orange { background: #ff9100; color: #16202b; }
.red { background: #b71c1c; color: #fff; }
.remark { padding: 10px 14px; border-left: 5px solid #b71c1c; background: #fdecea; }
.done { padding: 14px; border-left: 5px solid #1b5e20; background: #e8f5e9; font-size: 20px; font-weight: 700; word-break: keep-all; }
dl { margin: 16px 0; border-top: 1px solid #cfd8e0; }
dl div { padding: 10px 0; border-bottom: 1px solid #cfd8e0; }
dt { color: #4a5866; font-size: 15px; }
dd { margin: 0; font-weight: 600; overflow-wrap: anywhere; }
button { width: 100%; min-height: 64px; margin: 12px 0; border: 0; border-radius: 10px; background: #0b5cad; color: #fff; font: inherit; font-size: 24px; font-weight: 700; }
button:focus-visible { outline: 4px solid #ffb300; outline-offset: 2px; }
.small { color: #4a5866; font-size: 15px; }
a { color: #0b5cad; }
`;

const LAYOUT = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>{{title}}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
{{> inside}}
</main>
</body>
</html>
`;

const HEADERS = {
  'Cache-Control': 'no-store, no-transform',
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

export function sendPage(response: Response, { status, title, template, view = {}, headers = {} }: PlainPage): void {
  response
    .status(status)
    .set({ ...HEADERS, ...headers })
    .type('html')
    .send(mustache.render(LAYOUT, { ...view, title }, { inside: template }));
}
