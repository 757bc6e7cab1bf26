/** One task: what it says, and done, progress or none of ours. */
import { useState } from 'react';
import { useParams } from 'wouter';
import { momentInWords } from '../../shared/beijing.js';
import { Countdown } from '../../shared/clock.js';
import { firstCharacters } from '../../shared/first-characters.js';
import { ProseField } from '../../shared/forms.js';
import { NotFound } from '../../shared/states.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { type UnitTask, unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { type Work, WorkPage } from '../frame.js';
import type { OutboxFile } from '../outbox.js';
import { Photos } from '../photos.js';
import { SendForm } from '../send.js';
import { isOpenTask, TaskClause, TaskStanding, taskInWords } from '../task-groups.js';

const texts = phoneTexts.tasks;

export function TaskPage() {
  const { taskId } = useParams<{ taskId: string }>();
  return (
    <WorkPage title={texts.what}>
      {(work) => {
        const task = work.unit.tasks.find((one) => one.taskId === taskId);
        return task ? <OneTask key={taskId} task={task} work={work} /> : <NotFound />;
      }}
    </WorkPage>
  );
}

function OneTask({ task, work }: { task: UnitTask; work: Work }) {
  return (
    <>
      <section className="card">
        <h2>{taskInWords(task)}</h2>
        <p>
          <TaskStanding task={task} work={work} />
        </p>
        {task.deadline && (
          <p>
            {texts.dueAt} <span className="number">{momentInWords(task.deadline.dueAt)}</span>（
            <Countdown until={task.deadline.dueAt} clock={work.clock} />）
          </p>
        )}
        <TaskClause task={task} />
        {task.do && (
          <details>
            <summary>{texts.plan}</summary>
            <p>{task.text}</p>
          </details>
        )}
        {task.cancelled && <p className="notice">{texts.cancelled(task.cancelled.reason)}</p>}
        {task.notApplicable && <p>{texts.becauseOf(task.notApplicable.reason)}</p>}
      </section>
      <TaskForms task={task} work={work} />
    </>
  );
}

type Deed = 'completion' | 'progress' | 'not-applicable' | 'cancellation';

const DEEDS = [
  { deed: 'completion', label: texts.complete },
  { deed: 'progress', label: texts.progress },
  { deed: 'not-applicable', label: texts.notForUs },
  { deed: 'cancellation', label: texts.cancel },
] as const satisfies ReadonlyArray<{ deed: Deed; label: string }>;

/** An added task was meant for just this unit; what it asked of itself it takes back. */
const isFor = ({ category, own }: UnitTask, deed: Deed): boolean =>
  deed === 'not-applicable' ? category !== 'added' : deed !== 'cancellation' || own === true;

function TaskForms({ task, work }: { task: UnitTask; work: Work }) {
  const [deed, setDeed] = useState<Deed>('completion');
  const short = firstCharacters(taskInWords(task), 20);
  const forms = {
    completion: <DeedForm {...{ task, work, deed: 'completion', label: texts.completeLabel(short) }} />,
    progress: <DeedForm {...{ task, work, deed: 'progress', label: texts.progressLabel(short) }} />,
    'not-applicable': (
      <ReasonForm {...{ task, work, path: 'not-applicable', label: texts.notApplicableLabel(short) }} />
    ),
    cancellation: <ReasonForm {...{ task, work, path: 'cancellation', label: texts.cancelLabel(short) }} />,
  };
  if (task.status === 'done')
    return <ReasonForm {...{ task, work, path: 'withdrawal', label: texts.withdrawLabel(short) }} />;
  if (task.status === 'not-applicable')
    return <ReasonForm {...{ task, work, path: 'not-applicable/withdrawal', label: texts.takeBackLabel(short) }} />;
  if (!isOpenTask(task)) return null;
  return (
    <>
      <fieldset className="deeds">
        <legend className="hidden-visually">{texts.what}</legend>
        {DEEDS.filter(({ deed: one }) => isFor(task, one)).map(({ deed: one, label }) => (
          <label key={one} className="check">
            <input type="radio" name="deed" checked={deed === one} onChange={() => setDeed(one)} />
            {label}
          </label>
        ))}
      </fieldset>
      {forms[deed]}
    </>
  );
}

const NO_NOTE = { note: '' };
const NO_FILES: { files: OutboxFile[] } = { files: [] };

interface DeedFormProps {
  task: UnitTask;
  work: Work;
  deed: 'completion' | 'progress';
  label: string;
}

function DeedForm({ task: { taskId }, work, deed, label }: DeedFormProps) {
  const name = `${work.episode.episodeId}/${taskId}/${deed}`;
  const note = useDraft(name, NO_NOTE);
  const evidence = useDraft(`${name}/files`, NO_FILES);
  if (!note.value || !evidence.value) return null;
  const { note: text } = note.value;
  return (
    <SendForm
      path={`${unitResource(work)}/tasks/${encodeURIComponent(taskId)}/${deed}`}
      label={label}
      submit={deed === 'completion' ? texts.complete : texts.progress}
      body={() => ({ note: text.trim() })}
      files={evidence.value.files}
      drafts={[name, `${name}/files`]}
      savedAt={note.savedAt ?? evidence.savedAt}
    >
      <ProseField
        label={deed === 'completion' ? texts.note : texts.progressNote}
        hint={deed === 'completion' ? texts.noteHint : undefined}
        rows={4}
        required={deed === 'progress'}
        value={text}
        onChange={({ target }) => note.change({ note: target.value })}
      />
      <Photos files={evidence.value.files} onChange={(files) => evidence.change({ files })} />
    </SendForm>
  );
}

interface ReasonFormProps {
  task: UnitTask;
  work: Work;
  path: 'not-applicable' | 'withdrawal' | 'not-applicable/withdrawal' | 'cancellation';
  label: string;
}

const REASONS = {
  'not-applicable': { label: texts.reason, hint: texts.reasonHint, submit: texts.notForUs },
  withdrawal: { label: texts.withdrawReason, hint: undefined, submit: texts.withdraw },
  cancellation: { label: texts.reason, hint: undefined, submit: texts.cancel },
  'not-applicable/withdrawal': { label: texts.withdrawReason, hint: undefined, submit: texts.takeBack },
} as const;

const NO_REASON = { reason: '' };

function ReasonForm({ task: { taskId }, work, path, label }: ReasonFormProps) {
  const name = `${work.episode.episodeId}/${taskId}/${path}`;
  const { value, savedAt, change } = useDraft(name, NO_REASON);
  if (!value) return null;
  const words = REASONS[path];
  return (
    <SendForm
      path={`${unitResource(work)}/tasks/${encodeURIComponent(taskId)}/${path}`}
      label={label}
      submit={words.submit}
      body={() => ({ reason: value.reason.trim() })}
      drafts={[name]}
      savedAt={savedAt}
    >
      <ProseField
        label={words.label}
        hint={words.hint}
        rows={4}
        required
        value={value.reason}
        onChange={({ target }) => change({ reason: target.value })}
      />
    </SendForm>
  );
}
