/** The frame of the public pages: no script, no cookie, nothing from elsewhere. mustache escapes every value. */
import { createHash } from 'node:crypto';
import mustache from 'mustache';

export interface PublicPage {
  title: string;
  /** A mustache template of the page's inside, and its values. */
  template: string;
  view: object;
  /** Of a drill: everything on it says so. */
  drill?: boolean;
}

interface Site {
  /** `水磨沟区重污染天气信息` */
  name: string;
  /** The office's name in full. */
  office: string;
  /** When the record was read, in words. */
  checkedAt: string;
}

const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #eef1f5; color: #16202b; font: 18px/1.7 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 46rem; margin: 0 auto; padding: 16px 20px; }
header { display: flex; flex-wrap: wrap; gap: 4px 20px; align-items: baseline; }
header a { display: inline-block; min-height: 32px; }
main { padding-block: 20px 32px; background: #fff; }
.name { font-weight: 700; }
h1 { margin: 8px 0; font-size: 28px; line-height: 1.35; }
h2 { margin: 32px 0 8px; padding-bottom: 4px; border-bottom: 2px solid #cfd8e0; font-size: 21px; line-height: 1.4; }
h3 { margin: 20px 0 4px; font-size: 19px; line-height: 1.4; }
p { margin: 8px 0; }
ul { margin: 8px 0; padding-left: 1.3em; }
li { margin: 6px 0; }
.drill { margin: 0; padding: 10px 20px; background: #4a148c; color: #fff; font-weight: 700; text-align: center; }
.warning { margin: 16px 0; padding: 16px 18px; border: 2px solid #16202b; border-radius: 8px; }
.level { display: inline-block; margin: 4px 8px 4px 0; padding: 4px 12px; border: 1px solid #16202b; border-radius: 6px; font-weight: 700; }
.yellow { background: #ffd600; color: #16202b; }
.orange { background: #ff9100; color: #16202b; }
.red { background: #b71c1c; color: #fff; }
.remark { padding: 10px 14px; border-left: 5px solid #0b5cad; background: #eaf2fb; }
.calm { padding: 18px; border-left: 5px solid #1b5e20; background: #e8f5e9; font-size: 22px; font-weight: 700; }
dl { margin: 12px 0; border-top: 1px solid #cfd8e0; }
dl div { display: flex; flex-wrap: wrap; gap: 0 16px; padding: 8px 0; border-bottom: 1px solid #cfd8e0; }
dt { flex: 0 0 7.5em; color: #4a5866; }
dd { flex: 1 1 12em; margin: 0; font-weight: 600; }
.list { padding: 0; list-style: none; }
.list li { padding: 8px 0; border-bottom: 1px solid #cfd8e0; }
article { margin: 20px 0; padding-top: 4px; border-top: 1px solid #cfd8e0; }
h2 + article { border-top: 0; }
article p { text-indent: 2em; }
article .small { text-indent: 0; }
.small { color: #4a5866; font-size: 15px; }
s { color: #4a5866; }
a { color: #0b5cad; }
a:focus-visible { outline: 3px solid #0b5cad; outline-offset: 2px; }
@media print {
  @page { size: A4; margin: 20mm; }
  body, main { background: #fff; font-size: 12pt; }
  header nav, footer, .not-printed { display: none; }
  .warning, article { break-inside: avoid; }
  body > .drill { position: fixed; inset: 0 0 auto; border: 2px solid #4a148c; background: #fff; color: #4a148c; }
}
`;

const LAYOUT = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{title}} - {{site.name}}</title>
<link rel="alternate" type="application/atom+xml" title="{{site.name}}" href="/public/feed.atom">
<style>${STYLE}</style>
</head>
<body>
{{#drill}}<p class="drill" role="note">【演练】本页用于应急演练，不是真实预警</p>{{/drill}}
<header>
<span class="name">{{site.name}}</span>
<nav aria-label="页面"><a href="/public">现行预警</a>　<a href="/public/history">历次预警</a></nav>
</header>
<main>
{{> inside}}
</main>
<footer class="small">
<p>发布单位：{{site.office}}</p>
<p>核对于{{site.checkedAt}}（北京时间），每分钟核对。<a href="/public/feed.atom">订阅更新（Atom）</a>　<a href="/public/current.json">数据接口（JSON）</a></p>
</footer>
</body>
</html>
`;

export const PAGE_HEADERS = {
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

export const renderPublicPage = ({ title, template, view, drill = false }: PublicPage, site: Site): string =>
  mustache.render(
    LAYOUT,
    { ...view, site, drill, title: drill ? `【演练】${title.replaceAll('【演练】', '')}` : title },
    { inside: template },
  );
