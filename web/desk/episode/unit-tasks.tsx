/** The tasks of a unit, and what the office may do about each for it. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { unitTexts as texts } from '../../texts/zh-CN/unit.js';
import { ListTable } from '../list-table.js';

export type TaskOfUnit = Schemas['UnitPage']['tasks'][number];

/** What a unit says of a task. */
export type TaskDeed = 'complete' | 'not-applicable' | 'withdraw' | 'applicable';

/** What the office does by itself: it takes back what was added. */
export type ActOnTask = TaskDeed | 'cancel';

const TONES = { open: 'plain', done: 'good', 'not-applicable': 'plain', ended: 'plain' } as const;

const DEEDS: Record<TaskOfUnit['status'], readonly TaskDeed[]> = {
  open: ['complete', 'not-applicable'],
  done: ['withdraw'],
  'not-applicable': ['applicable'],
  ended: [],
};

/** An added task was meant for just this unit. */
const actsOn = ({ category, status }: TaskOfUnit): readonly ActOnTask[] =>
  category === 'added' && status === 'open' ? ['complete', 'cancel'] : DEEDS[status];

export interface UnitTasksProps {
  tasks: readonly TaskOfUnit[];
  now: number;
  /** Absent for whoever may only read. */
  begin?: ((act: ActOnTask, task: TaskOfUnit) => void) | undefined;
}

export function UnitTasks({ tasks, now, begin }: UnitTasksProps): ReactNode {
  const { act, ...columns } = texts.columns;
  return (
    <ListTable caption={texts.caption} heads={[...Object.values(columns), ...(begin ? [act] : [])]}>
      {tasks.map((task) => (
        <tr key={task.taskId}>
          <th scope="row">
            {task.do ?? task.text}
            {task.do !== undefined && <div className="small muted">{task.text}</div>}
          </th>
          <td>§{task.clause}</td>
          <td>
            <Chip tone={TONES[task.status]}>{texts.states[task.status]}</Chip>
            {task.deadline && <div>{texts.dueBy(momentInWords(task.deadline.dueAt, now))}</div>}
            {task.notApplicable && <div className="small">{texts.because(task.notApplicable.reason)}</div>}
            {task.cancelled && <div className="small">{texts.cancelled(task.cancelled.reason)}</div>}
            {task.suspended && <div className="small">{texts.suspended(task.suspended.reason)}</div>}
          </td>
          {begin && (
            <td>
              {actsOn(task).map((deed) => (
                <div key={deed}>
                  <button
                    type="button"
                    className="link-button"
                    aria-label={texts.act.of(texts.act.deeds[deed], task.do ?? task.text)}
                    onClick={() => begin(deed, task)}
                  >
                    {texts.act.deeds[deed]}
                  </button>
                </div>
              ))}
            </td>
          )}
        </tr>
      ))}
    </ListTable>
  );
}
