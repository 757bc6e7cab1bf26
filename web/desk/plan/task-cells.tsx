/** A task of the plan in a table: its words, and who does what. */
import type { ReactNode } from 'react';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { planTexts as texts } from '../../texts/zh-CN/plan.js';
import { LEVEL_OF_RESPONSE, type PlanAnswer, type PlanRead, type PlanTask } from './plan-query.js';

export const TaskText = ({ task: { clause, text } }: { task: Pick<PlanTask, 'clause' | 'text'> }): ReactNode => (
  <>
    <span className="muted number">{commonTexts.clauseAlone(clause)}</span> {text}
  </>
);

export const TaskLevels = ({ task: { levels } }: { task: PlanTask }): ReactNode => (
  <>{levels.map((level) => commonTexts.levels[LEVEL_OF_RESPONSE[level]]).join('、')}</>
);

export type UnitNames = ReadonlyMap<string, string>;

export const unitNamesIn = (
  { units, unitKinds }: PlanRead,
  directory: ReadonlyArray<{ unitId: string; name: string }>,
): UnitNames =>
  new Map([
    ...unitKinds.map(({ named, name }) => [named, name] as const),
    ...[...units, ...directory].map(({ unitId, name }) => [unitId, name] as const),
  ]);

/** Of one unit its own sentences alone, without its name. */
export const Answers = ({
  answers,
  names,
}: {
  answers: readonly PlanAnswer[];
  names?: UnitNames | undefined;
}): ReactNode => (
  <ul className="answers">
    {answers.map((answer) => (
      <li key={`${answer.units} ${answer.do}`}>
        <span className="muted">{texts[answer.role]}</span>{' '}
        {names && <strong>{texts.does(answer.units.map((unit) => names.get(unit) ?? unit).join('、'))}</strong>}
        {answer.do}
      </li>
    ))}
  </ul>
);
