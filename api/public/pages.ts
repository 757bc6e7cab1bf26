/** The public pages: in force first, each warning with its texts, earlier ones by year, reviews. */

import { pathOf } from '../../documents/public/addresses.js';
import {
  factsOf,
  hasWarning,
  type PublicEpisode,
  type PublishedStatement,
  type PublishedText,
  paragraphsOf,
  standingOf,
} from '../../documents/public/published.js';
import { warningName } from '../../plan/wording/words.js';
import type { PublicPage } from './layout.js';
import { inBeijingWords, reviewRow, statementView, textViews, warningCard, warningRow, yearOf } from './views.js';

const FACTS = `<dl>
<div><dt>首要污染物</dt><dd>{{pollutant}}</dd></div>
<div><dt>影响范围</dt><dd>{{area}}</dd></div>
<div><dt>{{#announced}}生效时间{{/announced}}{{^announced}}开始时间{{/announced}}</dt><dd>{{since}}</dd></div>
{{#until}}<div><dt>持续时间</dt><dd>{{until}}</dd></div>{{/until}}
{{#danger}}<div><dt>危险程度</dt><dd>{{danger}}</dd></div>{{/danger}}
{{#endedAt}}<div><dt>{{endedHow}}时间</dt><dd>{{endedAt}}</dd></div>{{/endedAt}}
</dl>
{{#coming}}<p class="remark">{{.}}</p>{{/coming}}`;

const ADVICE = `{{#hasAdvice}}<h3>请这样做</h3>
<ul>{{#advice}}<li>{{.}}</li>{{/advice}}</ul>{{/hasAdvice}}`;

const LEVEL = `<span class="level {{level}}"><span aria-hidden="true">{{bars}} </span>{{levelName}}</span>`;

const ROWS = `<ul class="list">{{#rows}}<li>{{#isOver}}<s><a href="{{href}}">{{name}}</a>（{{since}}开始）</s><br>{{ended}}{{/isOver}}{{^isOver}}<a href="{{href}}">{{name}}</a>（{{since}}开始）<br>{{now}}{{/isOver}}</li>{{/rows}}</ul>`;

const LINKS = `<ul class="list">{{#links}}<li><a href="{{href}}">{{title}}</a><br><span class="small">{{at}}</span></li>{{/links}}</ul>`;

const STATEMENTS = `<ul class="list">{{#statements}}<li>【{{subject}}】{{#isCorrected}}<s><a href="{{href}}">{{title}}</a></s>（已更正）{{/isCorrected}}{{^isCorrected}}<a href="{{href}}">{{title}}</a>{{/isCorrected}}<br><span class="small">{{at}}</span></li>{{/statements}}</ul>`;

const HOME = `{{#calm}}<h1>重污染天气预警</h1>
<p class="calm">当前没有生效的预警</p>{{/calm}}
{{#cards}}<section class="warning">
{{#isDrill}}<p class="drill">【演练】用于应急演练，不是真实预警</p>{{/isDrill}}
<p>${LEVEL}{{#announced}}已发布，尚未生效{{/announced}}</p>
<h1>{{name}}</h1>
${FACTS}
${ADVICE}
<p><a href="{{href}}">预警全文</a></p>
</section>{{/cards}}
{{#hasRows}}<h2>今年的预警</h2>
${ROWS}{{/hasRows}}
{{#hasStatements}}<h2>回应和澄清</h2>
${STATEMENTS}{{/hasStatements}}
{{#hasLinks}}<h2>总结评估</h2>
${LINKS}{{/hasLinks}}
<p class="not-printed"><a href="/public/history">历次预警</a></p>
`;

/** `year`: whose warnings are listed below what is in force. */
export function homePage(episodes: readonly PublicEpisode[], year: number): PublicPage {
  const warned = episodes.filter(hasWarning);
  const shown = warned.filter(isOpen).map(cardView);
  const rows = warned.filter((one) => !isOpen(one) && yearOf(one) === year).map(warningRow);
  const links = reviewed(episodes).slice(0, MOST_LINKS).map(reviewRow);
  const statements = episodes.flatMap(statementViews).slice(0, MOST_LINKS);
  return {
    title: '重污染天气预警',
    template: HOME,
    view: {
      calm: shown.every(({ isDrill }) => isDrill),
      // The real one first.
      cards: shown.sort((a, b) => Number(a.isDrill) - Number(b.isDrill)),
      ...listed({ rows, links, statements }),
    },
  };
}

/** The newest first. */
const statementViews = (episode: PublicEpisode) =>
  [...episode.statements].reverse().map((one) => statementView(episode, one));

const MOST_LINKS = 10;

const isOpen = (episode: PublicEpisode): boolean => ['announced', 'in-force'].includes(standingOf(episode));
const reviewed = (episodes: readonly PublicEpisode[]) => episodes.filter(({ review }) => review !== undefined);

function cardView(episode: PublicEpisode) {
  const card = warningCard(episode);
  return { ...card, hasAdvice: 'advice' in card && card.advice.length > 0 };
}

/** mustache asks whether a list is empty by a field of its own. */
const listed = (lists: { rows?: object[]; links?: object[]; statements?: object[] }) => ({
  ...lists,
  hasRows: lists.rows?.length,
  hasLinks: lists.links?.length,
  hasStatements: lists.statements?.length,
});

const WARNING = `<p>{{#isOver}}<s>{{levelName}}</s>{{/isOver}}{{^isOver}}${LEVEL}{{/isOver}}{{#announced}}已发布，尚未生效{{/announced}}</p>
<h1>{{#isOver}}<s>{{name}}</s>{{/isOver}}{{^isOver}}{{name}}{{/isOver}}</h1>
{{#ended}}<p class="remark">{{ended}}。{{#withoutResponse}}预警在生效前解除，没有启动应急响应。{{/withoutResponse}}</p>{{/ended}}
${FACTS}
${ADVICE}
<h2>已发布的文字</h2>
{{#texts}}<article id="{{key}}">
<h3>{{#corrected}}<s>{{title}}</s>{{/corrected}}{{^corrected}}{{title}}{{/corrected}}</h3>
<p class="small">{{#number}}{{number}}　{{/number}}发布于{{at}}{{#corrected}}，{{corrected}}{{/corrected}}</p>
{{#paragraphs}}<p>{{.}}</p>
{{/paragraphs}}
{{#cap}}<p class="small not-printed"><a href="{{cap}}">公开数据（CAP）：{{title}}，{{at}}</a></p>{{/cap}}
</article>{{/texts}}
{{^texts}}<p>没有发布文字。</p>{{/texts}}
{{#hasStatements}}<h2>回应和澄清</h2>
${STATEMENTS}{{/hasStatements}}
{{#review}}<h2>总结评估</h2><p><a href="{{href}}">{{title}}</a></p>{{/review}}
`;

export function warningPage(episode: PublicEpisode, isServed: (text: PublishedText) => boolean): PublicPage {
  const card = cardView(episode);
  return {
    title: card.name,
    drill: episode.drill,
    template: WARNING,
    view: {
      ...card,
      texts: textViews(episode, isServed),
      ...listed({ statements: statementViews(episode) }),
      ...(episode.review ? { review: reviewRow(episode) } : {}),
    },
  };
}

const HISTORY = `<h1>{{year}}年的预警</h1>
{{#hasRows}}${ROWS}{{/hasRows}}
{{^hasRows}}<p>这一年没有发布预警。</p>{{/hasRows}}
<h2>其他年份</h2>
<p>{{#others}}<a href="{{href}}">{{name}}</a>　{{/others}}{{^others}}没有其他年份的预警。{{/others}}</p>
`;

/** The years in which something was issued, the last first. */
export const yearsOf = (episodes: readonly PublicEpisode[]): number[] =>
  [...new Set(episodes.filter(hasWarning).map(yearOf))].sort((a, b) => b - a);

export function yearPage(episodes: readonly PublicEpisode[], year: number): PublicPage {
  const rows = episodes.filter((one) => hasWarning(one) && yearOf(one) === year).map(warningRow);
  const others = yearsOf(episodes)
    .filter((one) => one !== year)
    .map((one) => ({ href: pathOf.history(one), name: `${one}年` }));
  return { title: `${year}年的预警`, template: HISTORY, view: { year, others, ...listed({ rows }) } };
}

const PROSE = `{{#subject}}<p><strong>{{subject}}</strong></p>{{/subject}}
<h1>{{#isCorrected}}<s>{{title}}</s>{{/isCorrected}}{{^isCorrected}}{{title}}{{/isCorrected}}</h1>
<p class="small">发布于{{at}}</p>
{{#correctedBy}}<p class="remark">已更正，请看：<a href="{{href}}">{{title}}</a></p>{{/correctedBy}}
{{#corrects}}<p class="remark">更正以前的回应：<a href="{{href}}">{{title}}</a></p>{{/corrects}}
<article>
{{#paragraphs}}<p>{{.}}</p>
{{/paragraphs}}
</article>
{{#warning}}<p class="not-printed"><a href="{{href}}">这次预警：{{name}}</a></p>{{/warning}}
`;

export const reviewPage = (episode: PublicEpisode): PublicPage =>
  prosePage(episode, reviewRow(episode), episode.review!);

export const statementPage = (episode: PublicEpisode, statement: PublishedStatement): PublicPage =>
  prosePage(episode, statementView(episode, statement), statement);

/** `view` has the title. */
function prosePage(episode: PublicEpisode, view: { title: string }, { text }: { text: string }): PublicPage {
  const { level, since } = factsOf(episode);
  return {
    title: view.title,
    drill: episode.drill,
    template: PROSE,
    view: {
      ...view,
      paragraphs: paragraphsOf(text),
      ...(hasWarning(episode)
        ? {
            warning: {
              href: pathOf.warning(episode.episodeId),
              name: `${warningName(level)}，${inBeijingWords(since)}开始`,
            },
          }
        : {}),
    },
  };
}

export const unknownPublicPage: PublicPage = {
  title: '没有这个页面',
  template: `<h1>没有这个页面</h1>
<p>地址可能没有复制完整，或者内容没有公开发布。</p>
<p><a href="/public">查看现行预警</a>　<a href="/public/history">查看历次预警</a></p>
`,
  view: {},
};
