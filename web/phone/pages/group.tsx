/** Several tasks of a card done at once, with one note and one set of evidence. */
import { useParams } from 'wouter';
import { ProseField } from '../../shared/forms.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { type Work, WorkPage } from '../frame.js';
import type { OutboxFile } from '../outbox.js';
import { Photos } from '../photos.js';
import { SendForm } from '../send.js';
import { groupOf, isOpenTask, taskInWords } from '../task-groups.js';

const texts = phoneTexts.tasks;

export function GroupPage() {
  const { group = '' } = useParams<{ group: string }>();
  return <WorkPage title={group}>{(work) => <SeveralTasks key={group} group={group} work={work} />}</WorkPage>;
}

const NOTHING: { chosen: string[]; note: string } = { chosen: [], note: '' };
const NO_FILES: { files: OutboxFile[] } = { files: [] };

function SeveralTasks({ group, work }: { group: string; work: Work }) {
  const name = `${work.episode.episodeId}/group/${group}`;
  const { value, savedAt, change } = useDraft(name, NOTHING);
  const evidence = useDraft(`${name}/files`, NO_FILES);
  const tasks = work.unit.tasks.filter((task) => isOpenTask(task) && groupOf(task) === group);
  if (!value || !evidence.value) return null;
  const chosen = value.chosen.filter((taskId) => tasks.some((task) => task.taskId === taskId));
  const toggle = (taskId: string) =>
    change({ chosen: chosen.includes(taskId) ? chosen.filter((one) => one !== taskId) : [...chosen, taskId] });
  return (
    <SendForm
      path={`${unitResource(work)}/tasks/completions`}
      label={texts.completesLabel(chosen.length)}
      submit={texts.complete}
      body={() => ({ taskIds: chosen, note: value.note.trim() })}
      files={evidence.value.files}
      drafts={[name, `${name}/files`]}
      savedAt={savedAt ?? evidence.savedAt}
    >
      <fieldset className="deeds">
        <legend>{texts.choose}</legend>
        {tasks.map((task) => (
          <label key={task.taskId} className="check">
            <input
              type="checkbox"
              checked={chosen.includes(task.taskId)}
              required={chosen.length === 0}
              onChange={() => toggle(task.taskId)}
            />
            {taskInWords(task)}
          </label>
        ))}
      </fieldset>
      <ProseField
        label={texts.note}
        hint={texts.noteHint}
        rows={4}
        value={value.note}
        onChange={({ target }) => change({ note: target.value })}
      />
      <Photos files={evidence.value.files} onChange={(files) => evidence.change({ files })} />
    </SendForm>
  );
}
