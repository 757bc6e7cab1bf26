/** Circulars to the unit: read, acknowledged, and answered with what was done. */
import { Link, useParams } from 'wouter';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Countdown } from '../../shared/clock.js';
import { ProseField } from '../../shared/forms.js';
import { Empty, NotFound } from '../../shared/states.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { unitAddress, unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { Unread, type Work, WorkPage } from '../frame.js';
import { type OutboxFile, putInOutbox } from '../outbox.js';
import { Photos } from '../photos.js';
import { usePhoneRead } from '../reads.js';
import { SendForm, useOutboxRow, wrongFields } from '../send.js';

const texts = phoneTexts.circulars;

type Told = Schemas['CircularOfUnit'];

export const CircularsOfUnitPage = () => (
  <WorkPage title={texts.title}>
    {(work) => {
      const { circulars } = work.unit;
      if (circulars.length === 0) return <Empty>{texts.none}</Empty>;
      return (
        <ul className="rows">
          {[...circulars].reverse().map(({ circularId, title, sentAt, closedAt }) => (
            <li key={circularId}>
              <Link href={unitAddress(`/u/circulars/${circularId}`, work)} className="row">
                <span>{title}</span>
                <Chip tone={closedAt === undefined ? 'warn' : 'good'}>
                  {closedAt === undefined ? momentInWords(sentAt) : texts.closed(momentInWords(closedAt))}
                </Chip>
              </Link>
            </li>
          ))}
        </ul>
      );
    }}
  </WorkPage>
);

export function CircularOfUnitPage() {
  const { circularId } = useParams<{ circularId: string }>();
  return <WorkPage title={texts.title}>{(work) => <WithCircular circularId={circularId} work={work} />}</WorkPage>;
}

function WithCircular({ circularId, work }: { circularId: string; work: Work }) {
  const path = { episodeId: work.episode.episodeId, unitId: work.unitId };
  const reading = usePhoneRead(`circulars/${path.episodeId}`, () =>
    answered(api.GET('/api/v1/episodes/{episodeId}/units/{unitId}/circulars', { params: { path } })),
  );
  if (!reading.data) return <Unread reading={reading} />;
  const told = reading.data.items.find((one) => one.circularId === circularId);
  if (!told) return <NotFound />;
  return (
    <>
      <CircularCard told={told} />
      <Receipt told={told} work={work} />
      <Answer key={circularId} told={told} work={work} />
    </>
  );
}

const CircularCard = ({ told: { origin, number, title, text, attachmentIds } }: { told: Told }) => (
  <section className="card">
    <p className="small muted">{[texts.whose[origin], number].filter(Boolean).join(' · ')}</p>
    <h2>{title}</h2>
    <p className="prose">{text}</p>
    <Files ids={attachmentIds} />
  </section>
);

const Files = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id, place) => (
      <a key={id} href={`/api/v1/attachments/${id}`} download>
        {texts.attachment(place + 1)}{' '}
      </a>
    ))}
  </>
);

const resourceOf = (work: Work, { circularId }: Told, rest: string): string =>
  `${unitResource(work)}/circulars/${encodeURIComponent(circularId)}/${rest}`;

function Receipt({ told, work }: { told: Told; work: Work }) {
  const { title, dueAt, acknowledgedAt, status, closedAt } = told;
  const path = resourceOf(work, told, 'acknowledgement');
  const row = useOutboxRow(path);
  if (acknowledgedAt !== undefined)
    return <p className="notice good">{texts.acknowledged(momentInWords(acknowledgedAt))}</p>;
  if (status === 'withdrawn' || closedAt !== undefined) return <p className="notice">{texts.withdrawn}</p>;
  return (
    <section className="card confirm">
      <p>
        {texts.acknowledgeBy} <span className="number">{momentInWords(dueAt)}</span>（
        <Countdown until={dueAt} clock={work.clock} />）
      </p>
      {row && !row.refused ? (
        <p className="notice" role="status">
          {texts.acknowledging}
        </p>
      ) : (
        <button
          type="button"
          className="button primary huge"
          onClick={() => void putInOutbox({ method: 'POST', path, body: {}, label: texts.acknowledgeLabel(title) })}
        >
          {texts.acknowledge}
        </button>
      )}
    </section>
  );
}

const NOTHING: { text?: string } = {};
const NO_FILES: { files: OutboxFile[] } = { files: [] };

function Answer({ told, work }: { told: Told; work: Work }) {
  const { circularId, title, measures, answer, answeredAt = '', closedAt, closing } = told;
  const name = `${work.episode.episodeId}/circular/${circularId}`;
  const path = resourceOf(work, told, 'answer');
  const words = useDraft(name, NOTHING);
  const evidence = useDraft(`${name}/files`, NO_FILES);
  const wrong = wrongFields(useOutboxRow(path));
  if (!words.value || !evidence.value) return null;
  const { text = answer?.text ?? '' } = words.value;
  return (
    <section>
      <h2>{texts.answerTitle}</h2>
      {measures && (
        <p>
          {texts.answerBy} <span className="number">{momentInWords(measures.dueAt)}</span>
          {answer === undefined && measures.status === 'pending' && (
            <>
              （<Countdown until={measures.dueAt} clock={work.clock} />）
            </>
          )}
        </p>
      )}
      {answer && (
        <div className="notice good">
          {texts.answered(momentInWords(answer.correctedAt ?? answeredAt))}
          <p className="prose">{answer.text}</p>
          <Files ids={answer.attachmentIds} />
        </div>
      )}
      {closedAt === undefined ? (
        <SendForm
          path={path}
          method="PUT"
          label={texts.answerLabel(title)}
          submit={answer ? texts.correct : texts.send}
          body={() => ({ text: text.trim(), attachmentIds: answer?.attachmentIds ?? [] })}
          files={evidence.value.files}
          drafts={[name, `${name}/files`]}
          savedAt={words.savedAt ?? evidence.savedAt}
        >
          <ProseField
            label={texts.answer}
            hint={texts.answerHint}
            rows={4}
            required
            wrong={wrong.text}
            value={text}
            onChange={({ target }) => words.change({ text: target.value })}
          />
          <Photos files={evidence.value.files} onChange={(files) => evidence.change({ files })} />
        </SendForm>
      ) : (
        <p className="notice good">
          {texts.closed(momentInWords(closedAt))}
          {closing}
        </p>
      )}
    </section>
  );
}
