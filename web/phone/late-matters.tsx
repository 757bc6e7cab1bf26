/** What the unit did late or not at all, as it is, with the place to state why. */
import { useState } from 'react';
import { answered, api, type Schemas } from '../shared/api.js';
import { dateInWords, momentInWords } from '../shared/beijing.js';
import { Chip } from '../shared/chips.js';
import { ProseField } from '../shared/forms.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';
import { unitResource } from './current.js';
import { useDraft } from './drafts.js';
import type { Work } from './frame.js';
import { usePhoneRead } from './reads.js';
import { SendForm, useOutboxRow, wrongFields } from './send.js';
import { taskInWords } from './task-groups.js';

const texts = phoneTexts.late;

type Breach = Schemas['UnitRecordRow']['breaches'][number];

export function LateMatters({ work }: { work: Work }) {
  const { episode, unitId } = work;
  const { episodeId, drill } = episode;
  const reading = usePhoneRead(`late/${episodeId}`, () =>
    answered(
      api.GET('/api/v1/units/{unitId}/record', {
        params: { path: { unitId }, query: { drill: drill ? 'true' : 'false' } },
      }),
    ),
  );
  const breaches = reading.data?.items.find((one) => one.episodeId === episodeId)?.breaches ?? [];
  if (breaches.length === 0) return null;
  return (
    <section className="card">
      <h2>{texts.title}</h2>
      <p className="muted">{texts.hint}</p>
      <ul className="rows">
        {breaches.map((breach) => (
          <LateMatter key={`${breach.deadline} ${subjectOf(breach)}`} breach={breach} work={work} />
        ))}
      </ul>
    </section>
  );
}

const subjectOf = ({ noticeId, date, taskId, circularId }: Breach): string | undefined =>
  noticeId ?? date ?? taskId ?? circularId;

function nameOf({ deadline, noticeNumber = '', date, taskId, circularTitle }: Breach, { unit }: Work): string {
  const task = unit.tasks.find((one) => one.taskId === taskId);
  if (task) return taskInWords(task);
  if (circularTitle !== undefined) return `${texts.deadlines[deadline]}“${circularTitle}”`;
  return `${date === undefined ? noticeNumber : dateInWords(date)}${texts.deadlines[deadline]}`;
}

function LateMatter({ breach, work }: { breach: Breach; work: Work }) {
  const [isOpen, setOpen] = useState(false);
  const { outcome, dueAt, metAt, explanation } = breach;
  const name = nameOf(breach, work);
  const canState = work.episode.closedAt === undefined;
  return (
    <li className="late-matter">
      <p>
        <Chip tone={outcome === 'missed' ? 'bad' : 'warn'}>{texts.outcomes[outcome]}</Chip> <strong>{name}</strong>
        <span className="muted small number">
          {texts.due(momentInWords(dueAt))}
          {metAt !== undefined && texts.met(momentInWords(metAt))}
        </span>
      </p>
      {explanation && <p>{texts.stated(explanation.reason)}</p>}
      {canState && (
        <button
          type="button"
          className="button"
          aria-expanded={isOpen}
          aria-label={texts.of(explanation ? texts.correct : texts.state, name)}
          onClick={() => setOpen(!isOpen)}
        >
          {explanation ? texts.correct : texts.state}
        </button>
      )}
      {isOpen && <ReasonField breach={breach} work={work} name={name} />}
    </li>
  );
}

const NO_REASON = { reason: '' };

function ReasonField({ breach, work, name }: { breach: Breach; work: Work; name: string }) {
  const { deadline } = breach;
  const subject = subjectOf(breach);
  const draft = `${work.episode.episodeId}/explanation/${deadline}/${subject ?? ''}`;
  const path = `${unitResource(work)}/explanations`;
  const { value, savedAt, change } = useDraft(draft, NO_REASON);
  const wrong = wrongFields(useOutboxRow(path, draft));
  if (!value) return null;
  return (
    <SendForm
      path={path}
      label={texts.label(name)}
      submit={texts.send}
      body={() => ({ deadline, ...(subject === undefined ? {} : { subject }), reason: value.reason.trim() })}
      drafts={[draft]}
      savedAt={savedAt}
    >
      <ProseField
        label={texts.reason}
        hint={texts.reasonHint}
        rows={4}
        required
        maxLength={500}
        wrong={wrong.reason}
        value={value.reason}
        onChange={({ target }) => change({ reason: target.value })}
      />
    </SendForm>
  );
}
