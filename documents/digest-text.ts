/** The text of a day that goes to the city, from the day's digest. */
import type { Digest } from '../episode/digest.js';
import { levelOfDay } from '../episode/policy.js';
import type { EpisodeState } from '../episode/state-types.js';
import { responseLevelOf } from '../plan/rules/levels.js';
import { dayInWords, responseName, warningName } from '../plan/wording/words.js';
import { figuresInWords, type Sender } from './sender.js';
import { unitsInWords } from './units-in-words.js';

export function digestText(state: EpisodeState, digest: Digest, { district, office }: Sender): string {
  const { date, submitted, outstanding, paused, figures, problems } = digest;
  const level = levelOfDay(state, date);
  const day = dayInWords(date);
  const missing = unitsInWords(state, outstanding);
  const told = figuresInWords(figures);
  return [
    `${state.drill ? '【演练】' : ''}${district}${day}重污染天气应急响应情况`,
    '市生态环境保护委员会办公室：',
    `${day}，本区执行${warningName(level)}、${responseName(responseLevelOf(level))}。`,
    `${submitted + outstanding.length}个责任单位中${submitted}个已报送当日情况${missing && `；尚未报送：${missing}`}。`,
    ...(paused.length === 0
      ? []
      : [`当日全天暂停应急响应、不需要报送的单位${paused.length}个：${unitsInWords(state, paused)}。`]),
    ...(problems.reported === 0 ? [] : [`发现问题${problems.reported}个，尚未整改${problems.open}个。`]),
    ...(told.length === 0 ? [] : [`各责任单位报送合计：${told.join('，')}。`]),
    office,
  ].join('\n');
}
