/** The daily report (§5.1): text, figures, problems, photographs. A second one corrects the first. */
import { useParams } from 'wouter';
import { answered, api, type Schemas } from '../../shared/api.js';
import { dateInWords, momentInWords } from '../../shared/beijing.js';
import { ProseField, TextField } from '../../shared/forms.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { Unread, type Work, WorkPage } from '../frame.js';
import { type NewProblem, NewProblems } from '../new-problems.js';
import type { OutboxFile } from '../outbox.js';
import { Photos } from '../photos.js';
import { usePhoneRead } from '../reads.js';
import { SendForm, useOutboxRow, wrongFields } from '../send.js';

const texts = phoneTexts.report;

export function ReportPage() {
  const { date = '' } = useParams<{ date: string }>();
  return (
    <WorkPage title={texts.title(dateInWords(date))}>
      {(work) => <WithReports key={date} date={date} work={work} />}
    </WorkPage>
  );
}

/** The report of a day. Nothing is asked for that was not handed in. */
function useReport({ episode, unitId }: Work, date: string | undefined) {
  const path = { episodeId: episode.episodeId, unitId, date: date ?? '' };
  return usePhoneRead(date === undefined ? '' : `report/${path.episodeId}/${date}`, () =>
    answered(api.GET('/api/v1/episodes/{episodeId}/units/{unitId}/daily-reports/{date}', { params: { path } })),
  );
}

function WithReports({ date, work }: { date: string; work: Work }) {
  const handedIn = work.unit.dailyReports.filter(({ submittedAt }) => submittedAt !== undefined).map((one) => one.date);
  const dayBefore = handedIn.filter((day) => day < date).slice(-1)[0];
  const isHandedIn = handedIn.includes(date);
  const own = useReport(work, isHandedIn ? date : undefined);
  const earlier = useReport(work, dayBefore);
  if (isHandedIn && !own.data) return <Unread reading={own} />;
  return <ReportForm date={date} work={work} known={own.data} yesterday={earlier.data?.figures ?? {}} />;
}

interface ReportDraft {
  text?: string;
  figures?: Record<string, string>;
  problems?: NewProblem[];
}

interface ReportFormProps {
  date: string;
  work: Work;
  known: Schemas['DailyReportAnswer'] | undefined;
  yesterday: Record<string, number>;
}

const NOTHING: ReportDraft = {};
const NO_FILES: { files: OutboxFile[] } = { files: [] };

function ReportForm({ date, work, known, yesterday }: ReportFormProps) {
  const name = `${work.episode.episodeId}/report/${date}`;
  const path = `${unitResource(work)}/daily-reports/${date}`;
  const draft = useDraft(name, NOTHING);
  const evidence = useDraft(`${name}/files`, NO_FILES);
  const wrong = wrongFields(useOutboxRow(path));
  const due = work.unit.dailyReports.find((one) => one.date === date);
  if (!draft.value || !evidence.value) return null;
  const { text = known?.text ?? '', figures: typed = {}, problems = [] } = draft.value;
  const { figures } = work.unit;
  const figureOf = (id: string) => typed[id] ?? String(known?.figures[id] ?? yesterday[id] ?? '');

  const body = () => {
    const filled = figures.map(({ id }) => [id, figureOf(id).trim()] as const).filter(([, value]) => value !== '');
    const told = [...(known?.problems ?? []), ...problems.filter(({ what }) => what.trim() !== '').map(asRequested)];
    return {
      text: text.trim(),
      figures: Object.fromEntries(filled.map(([id, value]) => [id, Number(value)])),
      ...(told.length > 0 ? { problems: told } : {}),
      ...(known?.attachmentIds ? { attachmentIds: known.attachmentIds } : {}),
    };
  };
  return (
    <>
      {known ? (
        <p className="notice good">{texts.submittedAt(momentInWords(known.correctedAt ?? known.submittedAt))}</p>
      ) : (
        due && <p className="muted">{texts.dueAt(momentInWords(due.dueAt))}</p>
      )}
      <SendForm
        path={path}
        method="PUT"
        label={texts.label(dateInWords(date))}
        submit={known ? texts.correct : texts.send}
        body={body}
        files={evidence.value.files}
        drafts={[name, `${name}/files`]}
        savedAt={draft.savedAt ?? evidence.savedAt}
      >
        {figures.length > 0 && (
          <fieldset className="figures">
            <legend>{texts.figures}</legend>
            {figures.map(({ id, name: label, unit }) => (
              <TextField
                key={id}
                label={`${label}（${unit}）`}
                className="number"
                inputMode="numeric"
                pattern="[0-9]*"
                autoComplete="off"
                value={figureOf(id)}
                hint={hintOf(typed[id], known?.figures[id], yesterday[id])}
                wrong={wrong[`figures.${id}`]}
                onChange={({ target }) => draft.change({ figures: { ...typed, [id]: target.value } })}
              />
            ))}
          </fieldset>
        )}
        <ProseField
          label={texts.text}
          hint={known && text !== known.text ? texts.before(known.text) : texts.textHint}
          rows={6}
          required
          wrong={wrong.text}
          value={text}
          onChange={({ target }) => draft.change({ text: target.value })}
        />
        <NewProblems problems={problems} onChange={(next) => draft.change({ problems: next })} />
        <Photos files={evidence.value.files} onChange={(files) => evidence.change({ files })} />
      </SendForm>
    </>
  );
}

/** Beside a correction what was reported, beside an untouched figure that it is the last report's. */
const hintOf = (typed: string | undefined, known: number | undefined, yesterday: number | undefined) => {
  if (known !== undefined)
    return typed !== undefined && typed !== String(known) ? texts.before(String(known)) : undefined;
  return typed === undefined && yesterday !== undefined ? texts.yesterday(String(yesterday)) : undefined;
};

const asRequested = ({ what, where, handedTo }: NewProblem) => ({
  what: what.trim(),
  where: where.trim(),
  ...(handedTo.trim() === '' ? {} : { handedTo: handedTo.trim() }),
});
