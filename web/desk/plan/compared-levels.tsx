/** Two levels of the plan side by side, the lower one first. */
import type { ReactNode } from 'react';
import { Chip, LevelChip } from '../../shared/chips.js';
import { Empty } from '../../shared/states.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { planTexts as texts } from '../../texts/zh-CN/plan.js';
import { comparedLevels, inOrder } from './compare-levels.js';
import type { Level, PlanTask } from './plan-query.js';
import { Answers, TaskText, type UnitNames } from './task-cells.js';

const TONES = { new: 'warn', tightened: 'warn', continued: 'plain', same: 'plain', ended: 'good' } as const;
const CHANGES = ['new', 'tightened', 'continued', 'same', 'ended'] as const;

export interface ComparedLevelsProps {
  items: readonly PlanTask[];
  isShown: (task: PlanTask) => boolean;
  one: Level;
  other: Level;
  names: UnitNames | undefined;
}

export function ComparedLevels({ items, isShown, one, other, names }: ComparedLevelsProps): ReactNode {
  if (one === other) return <Empty>{texts.sameLevels}</Empty>;
  const [lower, higher] = inOrder(one, other);
  const pairs = comparedLevels(items, lower, higher).filter((pair) =>
    [...pair.lower, ...(pair.higher ? [pair.higher] : [])].some(isShown),
  );
  const title = texts.compared(commonTexts.levels[lower], commonTexts.levels[higher]);
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">{title}</h2>
      <p className="muted">{texts.comparedHint}</p>
      <p role="status">
        {CHANGES.map((change) => {
          const count = pairs.filter((pair) => pair.change === change).length;
          return count > 0 ? `${texts.changeCounts(texts.changes[change], count)} ` : '';
        })}
      </p>
      {pairs.length === 0 ? (
        <Empty>{texts.none}</Empty>
      ) : (
        <div className="scroller">
          <table className="list plan-table">
            <caption className="hidden-visually">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{texts.compareColumns.change}</th>
                {[lower, higher].map((level) => (
                  <th key={level} scope="col">
                    <LevelChip level={level} />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {pairs.map(({ change, lower: left, higher: right }) => (
                <tr key={`${right?.id} ${left.map(({ id }) => id).join(' ')}`}>
                  <th scope="row">
                    <Chip tone={TONES[change]}>{texts.changes[change]}</Chip>
                  </th>
                  <td>
                    {left.map((task) => (
                      <TaskCell key={task.id} task={task} names={names} />
                    ))}
                    {left.length === 0 && texts.noTask}
                  </td>
                  <td>{right ? <TaskCell task={right} names={names} /> : texts.noTask}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

const TaskCell = ({ task, names }: { task: PlanTask; names: UnitNames | undefined }) => (
  <div className="plan-cell">
    <TaskText task={task} />
    <Answers answers={task.answers} names={names} />
  </div>
);
