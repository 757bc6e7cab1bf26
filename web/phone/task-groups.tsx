/** The tasks of a unit on their cards, what is open first, by its time. */
import { Link } from 'wouter';
import { millisecondsOf } from '../shared/beijing.js';
import { Chip, type Tone } from '../shared/chips.js';
import { Countdown } from '../shared/clock.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';
import { type UnitTask, unitAddress } from './current.js';
import type { Work } from './frame.js';

const texts = phoneTexts.tasks;

export const isOpenTask = ({ status, suspended }: UnitTask): boolean => status === 'open' && suspended === undefined;

/** What to do, in the office's sentence where there is one. */
export const taskInWords = ({ do: sentence, text }: UnitTask): string => sentence ?? text;

/** An added task has no card. */
export const groupOf = ({ group }: UnitTask): string => group ?? '加派任务';

const dueOfTask = ({ deadline }: UnitTask): number =>
  deadline ? millisecondsOf(deadline.dueAt) : Number.MAX_SAFE_INTEGER;

/** Cards in the order of their first open task. */
function cardsOf(tasks: readonly UnitTask[]): Array<{ name: string; tasks: UnitTask[] }> {
  const ordered = [...tasks]
    .filter(({ status }) => status !== 'ended')
    .sort((one, other) => Number(isOpenTask(other)) - Number(isOpenTask(one)) || dueOfTask(one) - dueOfTask(other));
  const names = [...new Set(ordered.map(groupOf))];
  return names.map((name) => ({ name, tasks: ordered.filter((task) => groupOf(task) === name) }));
}

export function TaskGroups({ work }: { work: Work }) {
  const cards = cardsOf(work.unit.tasks);
  return (
    <section className="task-cards">
      <h2>{phoneTexts.home.tasks}</h2>
      {!work.unit.tasks.some(isOpenTask) && <p className="muted">{phoneTexts.home.noTasks}</p>}
      {cards.map(({ name, tasks }, index) => {
        const done = tasks.filter(({ status }) => status === 'done').length;
        const open = tasks.filter(isOpenTask).length;
        return (
          <details key={name} className="card group" open={index === 0 && open > 0}>
            <summary>
              <strong>{name}</strong> <span className="muted number">{texts.progressOf(done, tasks.length)}</span>
            </summary>
            <ul className="rows">
              {tasks.map((task) => (
                <li key={task.taskId}>
                  <Link href={unitAddress(`/u/tasks/${encodeURIComponent(task.taskId)}`, work)} className="row">
                    <span>{taskInWords(task)}</span>
                    <TaskStanding task={task} work={work} />
                  </Link>
                </li>
              ))}
            </ul>
            {open > 1 && (
              <Link href={unitAddress(`/u/groups/${encodeURIComponent(name)}`, work)} className="button wide">
                {texts.several(open)}
              </Link>
            )}
          </details>
        );
      })}
    </section>
  );
}

/** Before any change of level every task is new. */
const wasAdjusted = ({ episode: { notices } }: Work): boolean => notices.some(({ kind }) => kind === 'adjust');

const STATES: Record<UnitTask['status'], { label: string; tone: Tone }> = {
  open: { label: texts.open, tone: 'plain' },
  done: { label: texts.done, tone: 'good' },
  'not-applicable': { label: texts.notApplicable, tone: 'plain' },
  ended: { label: texts.ended, tone: 'plain' },
};

export function TaskStanding({ task: { status, suspended, deadline, change }, work }: { task: UnitTask; work: Work }) {
  const { label, tone } = STATES[status];
  const isTimed = deadline !== undefined && status === 'open' && ['pending', 'missed'].includes(deadline.status);
  return (
    <span className="task-state">
      {suspended ? <Chip>{texts.suspended}</Chip> : <Chip tone={tone}>{label}</Chip>}
      {change && change !== 'continued' && status === 'open' && wasAdjusted(work) && (
        <Chip tone="warn">{texts.changes[change]}</Chip>
      )}
      {isTimed && <Countdown until={deadline.dueAt} clock={work.clock} />}
    </span>
  );
}

export const TaskClause = ({ task: { clause, level, role } }: { task: UnitTask }) => (
  <p className="muted">
    {[commonTexts.clauseAlone(clause), commonTexts.responses[level], role && texts[role]].filter(Boolean).join(' · ')}
  </p>
);
