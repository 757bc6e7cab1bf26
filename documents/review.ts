/** The review (§5.2) as a paper: what the office concludes, and the record's figures as charts and tables. */
import type { ReviewContent, SummaryContent } from '../episode/commands.js';
import { isWithoutResponse, nameOf, unitsOf } from '../episode/state.js';
import type { EpisodeState, UnitState } from '../episode/state-types.js';
import { REVISED_NAMES } from '../plan/wording/revisions.js';
import { dayInWords, hourInWords } from '../plan/wording/words.js';
import { issuedInWords, responsesInWords, spanInWords } from './follow-up-text.js';
import type { Block, Paper, PaperTable } from './paper.js';
import { type ChartInput, countOf, outcomesOf, reviewCharts } from './review-charts.js';
import type { Sender } from './sender.js';

export interface ReviewInput extends ChartInput {
  state: EpisodeState;
  /** As last saved; absent: nothing is written yet. */
  content?: ReviewContent | undefined;
  summaries: ReadonlyArray<SummaryContent & { unitId: string }>;
  sender: Sender;
  /** `YYYY-MM-DD`: of the publication, or today. */
  signedOn: string;
}

export function reviewPaper(input: ReviewInput): Paper {
  const { state, content, sender, signedOn } = input;
  const parts: Array<[string, ReadonlyArray<string | Block>]> = [
    ['基本情况', [issuedInWords(state), spanInWords(state)]],
    ['工作开展情况', [...written(content?.work), ...responsesInWords(state), ...reviewCharts(state, input)]],
    ['总体结论', written(content?.conclusions ?? '（尚未填写）')],
    ['经验做法', written(content?.lessons)],
    ['存在问题', written(content?.shortcomings)],
    ['改进建议', written(content?.proposals)],
    ['预案修订', [...revisions(content), ...revisionsTable(state, content)]],
  ];
  const kept = parts.filter(([, blocks]) => blocks.length > 0);
  const annexes = [timelinessTable(state), summariesTable(input), missingTable(input)].filter(
    ({ rows }) => rows.length > 0,
  );
  return {
    title: `${state.drill ? '【演练】' : ''}${sender.district}重污染天气应急响应总结评估报告`,
    isDrill: state.drill,
    date: signedOn,
    blocks: kept.flatMap(([title, blocks], i) => [
      { kind: 'heading' as const, level: 1 as const, text: `${NUMERALS[i]}、${title}` },
      ...blocks.map((block): Block => (typeof block === 'string' ? { kind: 'paragraph', text: block } : block)),
    ]),
    signature: { by: sender.office, date: dayInWords(signedOn) },
    annexes: annexes.map((table, i) => ({ ...table, caption: `附表${i + 1} ${table.caption}` })),
  };
}

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七'];

/** A paragraph for each line that somebody wrote. */
const written = (text = ''): string[] => text.split('\n').flatMap((line) => line.trim() || []);

function revisions(content: ReviewContent | undefined): string[] {
  if (!content) return [];
  const { planRevisionNeeded, sitePlanRevisionNeeded } = content;
  return [
    planRevisionNeeded ? '经评估，本区应急预案需要修订。' : '经评估，本区应急预案暂不需要修订。',
    ...(sitePlanRevisionNeeded === undefined
      ? []
      : [sitePlanRevisionNeeded ? '有关企业“一厂一策”方案需要修订。' : '企业“一厂一策”方案暂不需要修订。']),
  ];
}

/** What is to be revised, by whom and by when. */
function revisionsTable(state: EpisodeState, content: ReviewContent | undefined): PaperTable[] {
  const { revisions: asked = [] } = content ?? {};
  if (asked.length === 0) return [];
  return [
    {
      kind: 'table',
      caption: '修订任务',
      columns: [
        { head: '修订', share: 2.2 },
        { head: '要求', share: 4.6 },
        { head: '责任单位', share: 2.2 },
        { head: '完成期限', share: 3.2 },
      ],
      rows: asked.map(({ what, text, unitId, dueAt }) => [
        REVISED_NAMES[what],
        text,
        unitId === undefined ? '区环委办' : nameOf(state, unitId),
        hourInWords(dueAt),
      ]),
    },
  ];
}

const timelinessTable = (state: EpisodeState): PaperTable => ({
  kind: 'table',
  caption: '各单位办理情况',
  columns: [
    { head: '责任单位', share: 5 },
    { head: '按时（次）', share: 1.4, align: 'right' },
    { head: '逾期（次）', share: 1.4, align: 'right' },
    { head: '未办（次）', share: 1.4, align: 'right' },
    { head: '任务完成', share: 1.8, align: 'right' },
  ],
  rows: unitsOf(state).map((unit) => {
    const outcomes = outcomesOf(unit);
    const tasks = Object.values(unit.tasks).map(({ status }) => status);
    const done = countOf(tasks, 'done');
    return [
      nameOf(state, unit.unitId),
      ...(['met', 'late', 'missed'] as const).map((outcome) => String(countOf(outcomes, outcome))),
      `${done}/${done + countOf(tasks, 'open')}`,
    ];
  }),
});

const summariesTable = ({ state, summaries }: ReviewInput): PaperTable => ({
  kind: 'table',
  caption: '各单位总结',
  columns: [
    { head: '责任单位', share: 2 },
    { head: '工作', share: 3 },
    { head: '经验', share: 2.4 },
    { head: '不足', share: 2.4 },
    { head: '建议', share: 2.4 },
  ],
  rows: summaries.map(({ unitId, work, lessons, shortcomings, proposals }) => [
    nameOf(state, unitId),
    work,
    lessons,
    shortcomings,
    proposals,
  ]),
});

const missingTable = ({ state, summaries }: ReviewInput): PaperTable => ({
  kind: 'table',
  caption: '未报总结的单位',
  columns: [
    { head: '序号', share: 1, align: 'center' },
    { head: '责任单位', share: 9 },
  ],
  rows: withoutSummary(state, summaries).map(({ unitId }, i) => [String(i + 1), nameOf(state, unitId)]),
});

function withoutSummary(state: EpisodeState, summaries: ReviewInput['summaries']): UnitState[] {
  const sent = new Set(summaries.map(({ unitId }) => unitId));
  return isWithoutResponse(state) ? [] : unitsOf(state).filter(({ unitId }) => !sent.has(unitId));
}
