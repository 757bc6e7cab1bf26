/** The draft of a notice to the responsible units (§3.1.3, §3.1.5), and the document that is made of its text. */
import { implementationDue } from '../episode/policy.js';
import { countOpenProblems } from '../episode/problems.js';
import { knownFrom, unitsOf } from '../episode/state.js';
import type { EpisodeState, NoticeState } from '../episode/state-types.js';
import { beijingIso } from '../plan/rules/calendar.js';
import { policyAt } from '../plan/rules/policy.js';
import { dayAfter, dayInWords, hourInWords, timeGivenInWords, warningName } from '../plan/wording/words.js';
import type { Paper } from './paper.js';
import { paperOfText } from './text-to-paper.js';
import {
  changeInWords,
  endInWords,
  enteredFor,
  riseOrFall,
  startIn,
  type Warned,
  type WarningDraft,
  type WarningInput,
  warnedOf,
} from './warning.js';
import { cardsInWords, endedMeasures, resumptionTable, tasksByUnit, tasksTable } from './warning-tasks.js';

export function draftForUnits(input: WarningInput): WarningDraft {
  const warned = warnedOf(input);
  const { ownNotice } = warned.notice;
  return {
    title: `${warned.mark}${ownNotice?.title ?? TITLES[warned.occasion](warned, input)}`,
    text: [
      '各责任单位：',
      `${warned.basis}，${DECISIONS[warned.occasion](warned, input)}。${reasonInWords(input)}现将有关事项通知如下。`,
      ...numbered(warned.occasion === 'lifting' ? partsOfLifting(warned, input) : partsOfResponse(warned, input)),
      warned.office,
    ].join('\n'),
    ...(ownNotice?.number === undefined ? {} : { number: ownNotice.number }),
  };
}

type Saying = Record<Warned['occasion'], (warned: Warned, input: WarningInput) => string>;

/** So short that it fills one line of a document. */
const TITLES: Saying = {
  start: ({ warning }) => `关于启动重污染天气${warning}的通知`,
  adjustment: ({ warning }, input) => `关于${riseOrFall(input)}为重污染天气${warning}的通知`,
  extension: ({ warning }) => `关于继续执行重污染天气${warning}的通知`,
  lifting: ({ warning }) => `关于解除重污染天气${warning}的通知`,
};

const DECISIONS: Saying = {
  start: ({ effectiveAt, warning, response }, input) =>
    `自${effectiveAt}起，本区发布重污染天气${warning}，启动${response}，${endInWords(input)}`,
  adjustment: ({ effectiveAt, response }, input) =>
    `自${effectiveAt}起，本区重污染天气${changeInWords(input)}，执行${response}，${endInWords(input)}`,
  extension: ({ effectiveAt, warning, response }, input) =>
    `自${effectiveAt}起，本区继续执行重污染天气${warning}、${response}，${endInWords(input)}`,
  lifting: ({ effectiveAt, warning, response, isWithoutResponse }) =>
    isWithoutResponse
      ? `本区尚未生效的重污染天气${warning}自${effectiveAt}起解除，${response}不再启动`
      : `自${effectiveAt}起，本区解除重污染天气${warning}，${response}自动终止`,
};

/** The district may only go above the city, and says why. */
function reasonInWords({ entered, noticeId }: WarningInput): string {
  const entry = enteredFor(entered, noticeId);
  if (entry.kind === 'warning.lifted' || entry.data.level === entry.data.cityLevel) return '';
  const { cityLevel, level, reason = '' } = entry.data;
  return `全市为${warningName(cityLevel)}，本区执行${warningName(level)}，理由：${reason.replace(/[。\s]+$/, '')}。`;
}

type Part = [heading: string, paragraphs: string[]];

const NUMERALS = ['一', '二', '三', '四', '五'];
const numbered = (parts: Part[]): string[] =>
  parts.flatMap(([heading, paragraphs], i) => [`${NUMERALS[i]}、${heading}`, ...paragraphs]);
const listed = (items: string[]): string[] => items.map((item, i) => `${i + 1}. ${item}`);

function partsOfResponse(warned: Warned, input: WarningInput): Part[] {
  const { occasion, notice, forecast } = warned;
  const { pollutant, area } = input.edition.plan.publicInformation.published;
  const { extent = area, affectedArea = area } = startIn(input.entered);
  const air = `首要污染物：${pollutant}；污染范围：${extent}；可能受影响的区域：${affectedArea}。`;
  return [
    ['预警情况', [air, ...(forecast ? [forecast] : [])]],
    ['应急响应措施', occasion === 'extension' ? [SAME] : measuresInWords(warned, input)],
    ['信息报送', listed(reportsInWords(input.state, notice, occasion === 'start'))],
    dutyPart(input),
  ];
}

const SAME = '预警级别和各单位任务不变，各责任单位继续执行已下达的各项措施，不得松懈。';

function measuresInWords({ occasion, response }: Warned, input: WarningInput): string[] {
  const isChange = occasion === 'adjustment';
  const ended = isChange ? endedMeasures(input) : [];
  return [
    `各责任单位自生效时起执行${response}措施，任务见附表1${isChange ? '，其中新增、加严、放宽的已注明' : ''}。各类措施的责任单位如下。`,
    ...cardsInWords(input, tasksByUnit(input, isChange)),
    ...(ended.length === 0 ? [] : [`不再执行的措施：${ended.join('')}`]),
    ...(isChange && input.state.tasksAdded > 0 ? ['响应期间另行布置的任务继续执行。'] : []),
  ];
}

function reportsInWords(state: EpisodeState, notice: NoticeState, isStart: boolean): string[] {
  const due = hourInWords(beijingIso(implementationDue(state, notice.level, knownFrom(notice))));
  const { dailyReportTime } = policyAt(state.policy, notice.level);
  const daily = `每日${clockInWords(dailyReportTime)}前报送前一日应急响应情况。`;
  return [
    ...confirmation(state, notice),
    `于${due}前报告应急措施落实情况。`,
    isStart ? `自${dayAfter(beijingIso(notice.effectiveAt))}起，${daily}` : `继续${daily}`,
  ];
}

/** `12:00` as `12时`. */
const clockInWords = (time: string): string => {
  const [hour, minute] = time.split(':');
  return `${Number(hour)}时${minute === '00' ? '' : `${minute}分`}`;
};

/** The first deadline: a unit that joined later has a later one. */
function confirmation(state: EpisodeState, { noticeId }: NoticeState): string[] {
  const asked = unitsOf(state)
    .flatMap(({ acknowledgements, lifting }) => (lifting ? [...acknowledgements, lifting] : acknowledgements))
    .filter((one) => one.noticeId === noticeId);
  if (asked.length === 0) return [];
  const by = hourInWords(beijingIso(Math.min(...asked.map(({ dueAt }) => dueAt))));
  return [`于${by}前确认收到本通知；不便操作的，请致电本办，由值班人员代为确认。`];
}

function partsOfLifting({ effectiveAt, isWithoutResponse }: Warned, input: WarningInput): Part[] {
  const { state, noticeId } = input;
  const notice = state.notices.find((one) => one.noticeId === noticeId)!;
  const { summaryHours, followUpReportHours } = policyAt(state.policy, notice.level);
  const hours = timeGivenInWords(followUpReportHours);
  const followUp = `本办于解除后${hours}内向市生态环境保护委员会办公室报送相关情况，请各责任单位配合提供材料。`;
  const resume = `各责任单位自${effectiveAt}起停止执行应急响应措施，立即通知本行业、本辖区的企业、工地、学校等恢复正常，分工见附表1。`;
  return [
    [
      '恢复正常',
      [
        isWithoutResponse
          ? '各责任单位停止准备工作；已经通知企业、工地、学校采取措施的，立即告知照常，分工见附表1。'
          : resume,
      ],
    ],
    [
      '仍需办理的事项',
      listed([
        ...confirmation(state, notice),
        ...(isWithoutResponse
          ? ['应急响应没有启动，不需要每日报送和工作总结。']
          : [
              '补齐到解除时止的每日报送。',
              `解除后${timeGivenInWords(summaryHours)}内报送工作总结：工作开展情况、经验、不足和对策建议。`,
              ...(countOpenProblems(state) > 0 ? ['日报中尚未整改的问题，继续整改并报告结果。'] : []),
            ]),
        followUp,
      ]),
    ],
    dutyPart(input, false),
  ];
}

const dutyPart = ({ desk: { officePhone } }: WarningInput, isResponse = true): Part => [
  '值班值守',
  [
    `${isResponse ? '各责任单位坚持24小时值班和领导带班，保持通信畅通。' : ''}${
      officePhone ? `本办24小时值班电话：${officePhone}。` : '本办24小时值班。'
    }`,
  ],
];

/** The document: red head with the number, the text, and what each unit does. `signedOn`: `YYYY-MM-DD`. */
export function noticePaper(
  input: WarningInput,
  { title, text, number }: WarningDraft,
  { signedOn, isDraft }: { signedOn: string; isDraft: boolean },
): Paper {
  const { office, occasion } = warnedOf(input);
  const paper = paperOfText(`${title}\n${text}`, {
    isDrill: input.state.drill,
    date: signedOn,
    signedOn: dayInWords(signedOn),
  });
  const annexes = ANNEXES[occasion](input);
  return {
    ...paper,
    ...(isDraft ? { isDraft } : {}),
    head: { issuer: office, ...(number === undefined ? {} : { number }) },
    ...(annexes.length === 0 ? {} : { annexes }),
  };
}

const ANNEXES: Record<Warned['occasion'], (input: WarningInput) => NonNullable<Paper['annexes']>> = {
  start: (input) => [tasksTable(input, tasksByUnit(input, false))],
  adjustment: (input) => [tasksTable(input, tasksByUnit(input, true))],
  extension: () => [],
  lifting: (input) => [resumptionTable(input)],
};
