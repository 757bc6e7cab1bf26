/** What reviews ask of the unit and what it left open, and the words how far it is and that it is done. */
import { Link } from 'wouter';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { ProseField } from '../../shared/forms.js';
import { nameOfMatter } from '../../shared/matters.js';
import { Empty } from '../../shared/states.js';
import { revisionTexts } from '../../texts/zh-CN/revisions.js';
import { type CurrentWork, unitAddress, useCurrentWork } from '../current.js';
import { useDraft } from '../drafts.js';
import { PhoneFrame, Unread } from '../frame.js';
import { usePhoneRead } from '../reads.js';
import { SendForm } from '../send.js';

const texts = revisionTexts;

type Revision = Schemas['Revision'];

const useOwnRevisions = (unitId: string) =>
  usePhoneRead('revisions', () =>
    answered(api.GET('/api/v1/units/{unitId}/revisions', { params: { path: { unitId } } })),
  );

/** Also without an episode: a revision outlives it. */
export function RevisionsLink({ work }: { work: CurrentWork }) {
  const open = useOwnRevisions(work.unitId).data?.items.filter(({ done }) => !done) ?? [];
  if (open.length === 0) return null;
  return (
    <ul className="rows">
      <li>
        <Link href={unitAddress('/u/revisions', work)} className="row">
          {texts.phone.link(open.length)}
        </Link>
      </li>
    </ul>
  );
}

export function RevisionsOfUnitPage() {
  const work = useCurrentWork();
  const reading = useOwnRevisions(work.unitId);
  return (
    <PhoneFrame title={texts.title} work={work}>
      {!reading.data && <Unread reading={reading} />}
      {reading.data?.items.length === 0 && <Empty>{texts.none}</Empty>}
      {reading.data?.items.map((one) => (
        <RevisionCard key={one.revisionId} revision={one} unitId={work.unitId} />
      ))}
    </PhoneFrame>
  );
}

const NOTHING = { note: '' };

function RevisionCard({ revision, unitId }: { revision: Revision; unitId: string }) {
  const { revisionId, what, text, dueAt, status, progress, postponements, done } = revision;
  const name = `revision/${revisionId}`;
  const { value, savedAt, change } = useDraft(name, NOTHING);
  return (
    <section className="card">
      <h2>
        {nameOfMatter(what)}{' '}
        <Chip tone={status === 'overdue' ? 'bad' : status === 'done' ? 'good' : 'plain'}>{texts.status[status]}</Chip>
      </h2>
      <p className="prose">{text}</p>
      <dl className="facts">
        <div>
          <dt>{texts.phone.due}</dt>
          <dd className="number">{momentInWords(dueAt)}</dd>
        </div>
        {[
          ...progress.map(({ seq, at, note }) => ({ seq, at, words: note })),
          ...postponements.map(({ seq, at, dueAt: to, reason }) => ({
            seq,
            at,
            words: texts.postponed(momentInWords(to), reason),
          })),
        ]
          .sort((one, other) => one.seq - other.seq)
          .map(({ seq, at, words }) => (
            <div key={seq}>
              <dt className="number">{momentInWords(at)}</dt>
              <dd>{words}</dd>
            </div>
          ))}
      </dl>
      {done && <p className="notice good">{texts.doneAt(momentInWords(done.at), done.late)}</p>}
      {!done && value && (
        <SendForm
          path={`/api/v1/units/${encodeURIComponent(unitId)}/revisions/${encodeURIComponent(revisionId)}/progress`}
          label={texts.phone.label(nameOfMatter(what))}
          submit={texts.phone.send}
          body={() => ({ note: value.note.trim() })}
          drafts={[name]}
          savedAt={savedAt}
        >
          <ProseField
            label={texts.phone.note}
            rows={2}
            value={value.note}
            onChange={({ target }) => change({ note: target.value })}
          />
        </SendForm>
      )}
      {!done && what === 'problem' && <Completion revisionId={revisionId} unitId={unitId} />}
    </section>
  );
}

/** A unit says itself that a problem is put right; all else the office completes. */
function Completion({ revisionId, unitId }: { revisionId: string; unitId: string }) {
  const name = `completion/${revisionId}`;
  const { value, savedAt, change } = useDraft(name, NOTHING);
  if (!value) return null;
  return (
    <SendForm
      path={`/api/v1/units/${encodeURIComponent(unitId)}/revisions/${encodeURIComponent(revisionId)}/completion`}
      label={texts.phone.labelDone}
      submit={texts.phone.complete}
      body={() => ({ note: value.note.trim() })}
      drafts={[name]}
      savedAt={savedAt}
    >
      <ProseField
        label={texts.phone.done}
        rows={2}
        value={value.note}
        onChange={({ target }) => change({ note: target.value })}
      />
    </SendForm>
  );
}
