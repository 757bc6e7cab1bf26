/** The draft of what the public is told of a warning (§3.1.4): the six contents, each on a line of its own. */
import { beginning } from '../episode/state.js';
import { publicTextAt } from '../plan/edition/public-text.js';
import { beijingIso, HOUR } from '../plan/rules/calendar.js';
import { responseLevelOf } from '../plan/rules/levels.js';
import { hourInWords } from '../plan/wording/words.js';
import {
  changeInWords,
  endInWords,
  startIn,
  type Warned,
  type WarningDraft,
  type WarningInput,
  warnedOf,
} from './warning.js';

export function draftForPublic(input: WarningInput): WarningDraft {
  const warned = warnedOf(input);
  const contents = contentsOf(warned, input);
  return {
    title: `${warned.mark}${TITLES[warned.occasion](warned, input)}`,
    text: [
      `${warned.basis}，${NEWS[warned.occasion](warned, input)}。`,
      ...(warned.forecast ? [warned.forecast] : []),
      ...input.edition.plan.publicInformation.contents.flatMap(({ id, text }) => lineOf(text, contents[id])),
      LAST[warned.occasion === 'lifting' ? 'lifted' : 'inForce'],
    ].join('\n'),
  };
}

type Saying = Record<Warned['occasion'], (warned: Warned, input: WarningInput) => string>;

const TITLES: Saying = {
  start: ({ district, warning }) => `${district}发布重污染天气${warning}`,
  adjustment: ({ district }, input) => `${district}重污染天气${changeInWords(input)}`,
  extension: ({ district, warning }) => `${district}继续执行重污染天气${warning}`,
  lifting: ({ district, warning }) => `${district}解除重污染天气${warning}`,
};

const NEWS: Saying = {
  start: ({ district, effectiveAt, warning, response }) =>
    `${district}自${effectiveAt}起发布重污染天气${warning}，启动${response}`,
  adjustment: ({ district, effectiveAt, response }, input) =>
    `自${effectiveAt}起，${district}重污染天气${changeInWords(input)}，执行${response}`,
  extension: ({ district, effectiveAt, warning, response }) =>
    `自${effectiveAt}起，${district}继续执行重污染天气${warning}、${response}`,
  lifting: ({ district, effectiveAt, warning, response, isWithoutResponse }) =>
    isWithoutResponse
      ? `${district}尚未生效的重污染天气${warning}自${effectiveAt}起解除，${response}不再启动`
      : `${district}自${effectiveAt}起解除重污染天气${warning}，终止${response}`,
};

const LAST = {
  inForce: '请广大市民关注后续发布，做好自身健康防护，配合落实应急减排措施。',
  lifted: '感谢广大市民、各单位和企业的理解与配合。',
};

/** By the ids of the contents in the edition. Those that the office gave with the start go before the edition's. */
function contentsOf(warned: Warned, input: WarningInput): Partial<Record<string, string | string[]>> {
  const { notice, occasion } = warned;
  const { lifted } = input.edition.plan.publicInformation.published;
  const at = publicTextAt(input.edition, responseLevelOf(notice.level));
  const { extent = at.area, affectedArea = at.area, danger, advice } = startIn(input.entered);
  const own = occasion === 'start' ? { danger, advice } : {};
  const isOver = occasion === 'lifting';
  return {
    'primary-pollutant': sentence(at.pollutant),
    extent: sentence(extent),
    duration: sentence(isOver ? pastSpan(warned, input) : `自${warned.effectiveAt}起，${endInWords(input)}`),
    danger: isOver ? lifted.danger : sentence(own.danger ?? at.danger),
    'affected-area': sentence(affectedArea),
    advice: isOver ? lifted.advice : own.advice ? [own.advice] : at.advice,
  };
}

const sentence = (text: string): string => `${text.replace(/[。\s]+$/, '')}。`;

/** A content of several sentences has a line for each. */
function lineOf(label: string, content: string | string[] = ''): string[] {
  if (typeof content === 'string') return content ? [`${label}：${content}`] : [];
  if (content.length === 1) return [`${label}：${content[0]}`];
  return [`${label}：`, ...content.map((one, i) => `${i + 1}. ${one}`)];
}

/** How long it lasted, from the record. */
function pastSpan({ notice, isWithoutResponse }: Warned, { state }: WarningInput): string {
  const { effectiveAt: from } = beginning(state);
  const words = (moment: number) => hourInWords(beijingIso(moment));
  if (isWithoutResponse) return `原定自${words(from)}起，在生效前已经解除`;
  const hours = Number(((notice.effectiveAt - from) / HOUR).toFixed(1));
  return `自${words(from)}起，至${words(notice.effectiveAt)}止，共${hours}小时，现已结束`;
}
