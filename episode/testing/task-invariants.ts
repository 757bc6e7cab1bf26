/** How the tasks of each unit stand, told from the entries alone; each entry has to find its task as it must. */
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

type Status = 'open' | 'done' | 'not-applicable';

interface Told {
  /** By unit and task; ended ones are gone. */
  statuses: Map<string, Map<string, Status>>;
  faults: string[];
}

export function tasksTold(entries: readonly Entry[]): Told {
  const statuses = new Map<string, Map<string, Status>>();
  const faults: string[] = [];
  for (const entry of entries) {
    const { unitId, seq } = entry;
    if (unitId === undefined) continue;
    const tasks = statuses.get(unitId) ?? new Map<string, Status>();
    statuses.set(unitId, tasks);
    const become = (taskId: string, from: Array<Status | undefined>, to: Status) => {
      const status = tasks.get(taskId);
      if (!from.includes(status)) faults.push(`${seq} ${entry.kind} finds ${taskId} of ${unitId} ${status}`);
      tasks.set(taskId, to);
    };
    switch (entry.kind) {
      case 'task.assigned':
        for (const id of entry.data.ended) tasks.delete(id);
        for (const { id, status, notApplicable } of entry.data.tasks) {
          tasks.set(id, status);
          if ((status === 'not-applicable') !== (notApplicable !== undefined))
            faults.push(
              `${seq}: ${id} of ${unitId} is ${status}, and a reason ${notApplicable ? 'is' : 'is not'} told`,
            );
          if (notApplicable && 'saidIn' in notApplicable && !isSaid(entries, notApplicable.saidIn, unitId))
            faults.push(`${seq}: nothing says in ${notApplicable.saidIn} why ${id} is not applicable`);
        }
        break;
      case 'task.added':
        become(entry.data.taskId, [undefined], 'open');
        break;
      case 'task.cancelled':
        become(entry.data.taskId, ['open'], 'open');
        tasks.delete(entry.data.taskId);
        if ((entry.data.reason === undefined) !== (entry.data.reasonIn !== undefined))
          faults.push(`${seq} has two reasons or none`);
        break;
      case 'task.completed':
        become(entry.data.taskId, ['open'], 'done');
        if ((entry.data.note === undefined) !== (entry.data.noteIn !== undefined))
          faults.push(`${seq} has two notes or none`);
        break;
      case 'task.withdrawn':
        become(entry.data.taskId, ['done'], 'open');
        break;
      case 'task.not-applicable':
        become(entry.data.taskId, ['open', 'not-applicable'], 'not-applicable');
        break;
      case 'task.applicable':
        become(entry.data.taskId, ['not-applicable'], 'open');
        break;
      case 'task.progressed':
        become(entry.data.taskId, ['open', 'done'], tasks.get(entry.data.taskId) ?? 'open');
        break;
    }
  }
  return { statuses, faults };
}

const isSaid = (entries: readonly Entry[], seq: number, unitId: string): boolean =>
  of(entries, 'task.not-applicable').some((entry) => entry.seq === seq && entry.unitId === unitId);
