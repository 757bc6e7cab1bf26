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
}

const word = (given: unknown): string | undefined => (typeof given === 'string' ? given : undefined);

/** Of entries with the newest first; so are the tasks. */
export function addedTasksIn(entries: ReadonlyArray<Schemas['HistoryEntry']>): AddedTask[] {
  const tasks = new Map<string, AddedTask>();
  for (const { seq, unitId, data } of entries) {
    const taskId = word(data.taskId) ?? '';
    const before = tasks.get(taskId);
    tasks.set(taskId, {
      taskId,
      seq,
      text: word(data.text) ?? before?.text ?? taskId,
      dueAt: word(data.dueAt),
      unitIds: [...(unitId === undefined ? [] : [unitId]), ...(before?.unitIds ?? [])],
    });
  }
  return [...tasks.values()];
}

export interface AddedTasksProps {
  tasks: readonly AddedTask[];
  units: readonly Choice[];
  now: number;
}

export function AddedTasks({ tasks, units, now }: AddedTasksProps): ReactNode {
  if (tasks.length === 0) return <p className="muted">{texts.noTask}</p>;
  return (
    <ListTable caption={texts.taskCaption} heads={Object.values(texts.taskColumns)}>
      {tasks.map(({ taskId, seq, text, dueAt, unitIds }) => (
        <tr key={taskId}>
          <th scope="row">{text}</th>
          <td>{namesOfUnits(unitIds, units)}</td>
          <td className="number">{dueAt === undefined ? texts.noDue : momentInWords(dueAt, now)}</td>
          <td className="number">{texts.seq(seq)}</td>
        </tr>
      ))}
    </ListTable>
  );
}
