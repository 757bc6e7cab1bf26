/** Measures that rest, tasks beside the plan's, how the measures work, and units that joined. */
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { nowOnClock } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { type AddedTask, AddedTasks, addedTasksIn } from '../acts/added-tasks.js';
import { CancelTaskDialog } from '../acts/cancel-task-dialog.js';
import { EvaluationDialog } from '../acts/evaluation-dialog.js';
import { Evaluations } from '../acts/evaluations.js';
import { FirstPasswordDialog } from '../acts/first-password-dialog.js';
import { JoinDialog } from '../acts/join-dialog.js';
import { JoinedUnits } from '../acts/joined-units.js';
import { ResumeDialog } from '../acts/resume-dialog.js';
import { SuspendDialog } from '../acts/suspend-dialog.js';
import { Suspensions, wordsOfItems } from '../acts/suspensions.js';
import { TaskDialog } from '../acts/task-dialog.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { useBoard, useEntries } from '../episode-queries.js';
import { usePlan } from '../plan/plan-query.js';
import { useIsOffice } from '../role.js';
import '../acts/acts.css';
import { firstCharacters } from '../../shared/first-characters.js';

const texts = actTexts.measures;
const route = getRouteApi('/episodes/$episodeId/measures');

type Open =
  | { act: 'suspend' | 'task' | 'evaluate' | 'join' }
  | { act: 'resume'; suspension: Schemas['Suspension'] }
  | { act: 'cancel-task'; task: AddedTask }
  | { act: 'password'; unit: { unitId: string; name: string } };

export function MeasuresPage(): ReactNode {
  const { episodeId } = route.useParams();
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {(episode, clock) => <Measures episode={episode} now={nowOnClock(clock)} />}
    </EpisodeFrame>
  );
}

const LABEL = 60;
const shortened = (words: string) => (words.length > LABEL ? `${firstCharacters(words, LABEL)}…` : words);

function Measures({ episode, now }: { episode: Schemas['Episode']; now: number }) {
  const { episodeId, drill, responseLevel, suspensions, phase } = episode;
  const isOffice = useIsOffice();
  const canAct = isOffice && (phase === 'announced' || phase === 'active');
  const [open, setOpen] = useState<Open>();
  const [done, setDone] = useState<string>();
  const board = useBoard(episodeId).data?.units ?? [];
  const plan = usePlan().data;
  const taskEntries = useEntries(episodeId, 'task.added', 'task.cancelled');
  const added = addedTasksIn(taskEntries.data?.items ?? []);
  const units = board.map(({ unitId, name }) => ({ value: unitId, label: name }));
  const ofPlan = (plan?.items ?? []).map(({ id, clause, text, levels }) => ({
    id,
    levels,
    label: `§${clause} ${text}`,
  }));
  const labels = new Map([
    ...ofPlan.map(({ id, label }) => [id, shortened(label)] as const),
    ...added.map(({ taskId, text }) => [taskId, shortened(text)] as const),
  ]);
  const inForce = [
    ...added.flatMap(({ taskId, text, unitIds, cancelledFor }) =>
      cancelledFor.length < unitIds.length ? [{ value: taskId, label: text }] : [],
    ),
    ...ofPlan.flatMap(({ id, levels, label }) => (levels.includes(responseLevel) ? [{ value: id, label }] : [])),
  ];
  const close = () => setOpen(undefined);
  const finish = (what: string, seq: number) => {
    close();
    setDone(actTexts.done(what, seq));
  };
  const dialog = { episodeId, drill, onClose: close, onDone: finish };
  const opens = (act: 'suspend' | 'task' | 'evaluate' | 'join', label: string) =>
    canAct && (
      <button type="button" className="button not-printed" onClick={() => setOpen({ act })}>
        {label}
      </button>
    );
  return (
    <>
      {!isOffice && <p className="muted">{texts.forOffice}</p>}
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <Section title={texts.suspensions} act={opens('suspend', texts.suspend)}>
        <Suspensions
          suspensions={suspensions}
          labels={labels}
          units={units}
          now={now}
          resume={canAct ? (suspension) => setOpen({ act: 'resume', suspension }) : undefined}
        />
      </Section>
      <Section title={texts.tasks} act={opens('task', texts.addTask)}>
        <Queried query={taskEntries}>
          {() => (
            <AddedTasks
              tasks={added}
              units={units}
              now={now}
              cancel={canAct ? (task) => setOpen({ act: 'cancel-task', task }) : undefined}
            />
          )}
        </Queried>
      </Section>
      <Section title={texts.evaluations} act={opens('evaluate', texts.evaluate)}>
        <Evaluations episodeId={episodeId} now={now} />
      </Section>
      <Section title={texts.units} act={opens('join', texts.join)}>
        <JoinedUnits
          episodeId={episodeId}
          now={now}
          issue={isOffice ? (unit) => setOpen({ act: 'password', unit }) : undefined}
        />
      </Section>
      {open?.act === 'suspend' && <SuspendDialog {...dialog} tasks={inForce} units={units} />}
      {open?.act === 'task' && <TaskDialog {...dialog} units={units} />}
      {open?.act === 'cancel-task' && (
        <CancelTaskDialog
          {...dialog}
          task={open.task}
          units={open.task.unitIds.flatMap((unitId) => {
            const unit = units.find(({ value }) => value === unitId);
            return unit && !open.task.cancelledFor.includes(unitId) ? [unit] : [];
          })}
        />
      )}
      {open?.act === 'evaluate' && <EvaluationDialog {...dialog} />}
      {open?.act === 'join' && (
        <JoinDialog
          {...dialog}
          present={new Set(board.map(({ unitId }) => unitId))}
          onDone={(what, seq) => {
            close();
            setDone(`${actTexts.done(what, seq)}${actTexts.join.afterwards}`);
          }}
        />
      )}
      {open?.act === 'resume' && (
        <ResumeDialog {...dialog} suspension={open.suspension} words={wordsOfItems(open.suspension, labels)} />
      )}
      {open?.act === 'password' && <FirstPasswordDialog unit={open.unit} onClose={close} />}
    </>
  );
}

interface SectionProps {
  title: string;
  act: ReactNode;
  children: ReactNode;
}

const Section = ({ title, act, children }: SectionProps) => (
  <section className="panel section" aria-label={title}>
    <header className="section-head">
      <h2>{title}</h2>
      {act}
    </header>
    {children}
  </section>
);
