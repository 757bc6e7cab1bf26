/** Tasks that somebody added beside the plan's. Each unit has an entry; the first holds the words. */
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import type { Choice } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { ListTable } from '../list-table.js';
import { namesOfUnits } from './suspensions.js';

const texts = actTexts.measures;

export interface AddedTask {
  taskId: string;
  seq: number;
  text: string;
  dueAt: string | undefined;
  unitIds: string[];
  /** Of these the task was taken back. */
  cancelledFor: string[];
}

const word = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);

/** Of entries that add and take back, with the newest first; so are the tasks. */
export function addedTasksIn(entries: ReadonlyArray<Schemas['HistoryEntry']>): AddedTask[] {
  const tasks = new Map<string, AddedTask>();
  const cancelled = entries.filter(({ kind }) => kind === 'task.cancelled');
  for (const { seq, unitId, data } of entries.filter(({ kind }) => kind === 'task.added')) {
    const taskId = word(data.taskId) ?? '';
    const before = tasks.get(taskId);
    tasks.set(taskId, {
      taskId,
      seq,
      text: word(data.text) ?? before?.text ?? taskId,
      dueAt: word(data.dueAt),
      unitIds: [...(unitId === undefined ? [] : [unitId]), ...(before?.unitIds ?? [])],
      cancelledFor: cancelled.flatMap((one) => (one.data.taskId === taskId && one.unitId) || []),
    });
  }
  return [...tasks.values()];
}

export interface AddedTasksProps {
  tasks: readonly AddedTask[];
  units: readonly Choice[];
  now: number;
  /** Absent for whoever may only read. */
  cancel: ((task: AddedTask) => void) | undefined;
}

export function AddedTasks({ tasks, units, now, cancel }: AddedTasksProps): ReactNode {
  if (tasks.length === 0) return <p className="muted">{texts.noTask}</p>;
  return (
    <ListTable
      caption={texts.taskCaption}
      heads={[...Object.values(texts.taskColumns), ...(cancel ? [texts.act] : [])]}
    >
      {tasks.map((task) => {
        const { taskId, seq, text, dueAt, unitIds, cancelledFor } = task;
        const left = unitIds.length - cancelledFor.length;
        return (
          <tr key={taskId}>
            <th scope="row">{text}</th>
            <td>
              {namesOfUnits(unitIds, units)}
              {cancelledFor.length > 0 && (
                <div className="small muted">
                  {left === 0 ? texts.cancelledAll : texts.cancelled(namesOfUnits(cancelledFor, units))}
                </div>
              )}
            </td>
            <td className="number">{dueAt === undefined ? texts.noDue : momentInWords(dueAt, now)}</td>
            <td className="number">{texts.seq(seq)}</td>
            {cancel && (
              <td>
                {left > 0 && (
                  <button
                    type="button"
                    className="link-button"
                    aria-label={texts.cancelTaskOf(text)}
                    onClick={() => cancel(task)}
                  >
                    {texts.cancelTask}
                  </button>
                )}
              </td>
            )}
          </tr>
        );
      })}
    </ListTable>
  );
}
