/** What outlives episodes: who does it by when, how far it is, and the office's acts on it. */
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, type Tone } from '../../shared/chips.js';
import { nameOfMatter } from '../../shared/matters.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { revisionTexts } from '../../texts/zh-CN/revisions.js';
import { ListTable } from '../list-table.js';
import { type RevisionAct, RevisionDialog } from '../revisions/revision-dialog.js';
import { useRevisions } from '../revisions/revisions-query.js';
import { useIsOffice } from '../role.js';

const texts = revisionTexts;

type Revision = Schemas['Revision'];

const TONES: Record<Revision['status'], Tone> = { open: 'plain', overdue: 'bad', done: 'good' };

export function RevisionsPage(): ReactNode {
  usePageTitle(texts.title);
  const [asked, setAsked] = useState<{ act: RevisionAct; revision: Revision }>();
  const [done, setDone] = useState<string>();
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <Queried query={useRevisions()}>
        {({ items, interrupted }) => (
          <>
            {interrupted && <p className="notice warn">{texts.interrupted}</p>}
            {items.length === 0 ? (
              <Empty>{texts.none}</Empty>
            ) : (
              <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
                {items.map((one) => (
                  <RevisionRow key={one.revisionId} revision={one} onAct={(act) => setAsked({ act, revision: one })} />
                ))}
              </ListTable>
            )}
          </>
        )}
      </Queried>
      {asked && (
        <RevisionDialog
          {...asked}
          onClose={() => setAsked(undefined)}
          onDone={(what, seq) => {
            setAsked(undefined);
            setDone(actTexts.done(what, seq));
          }}
        />
      )}
    </>
  );
}

const ACTS = Object.keys(texts.acts) as RevisionAct[];

function RevisionRow({ revision, onAct }: { revision: Revision; onAct: (act: RevisionAct) => void }) {
  const { what, text, owner, dueAt, status, from, done } = revision;
  const isOffice = useIsOffice();
  return (
    <tr>
      <th scope="row">
        {nameOfMatter(what)} <Chip tone={TONES[status]}>{texts.status[status]}</Chip>
        <div className="prose">{text}</div>
        <Link
          className="small"
          to="/episodes/$episodeId/history/$seq"
          params={{ episodeId: from.episodeId, seq: String(from.seq) }}
        >
          {texts.from[what] ?? texts.fromReview}
        </Link>
      </th>
      <td>{owner}</td>
      <td className="number">{momentInWords(dueAt)}</td>
      <td>
        <ToldWords revision={revision} />
      </td>
      <td>
        <ProgressList revision={revision} />
      </td>
      <td>
        {isOffice && !done && (
          <div className="actions">
            {ACTS.map((act) => (
              <button key={act} type="button" className="button" onClick={() => onAct(act)}>
                {texts.acts[act].title}
              </button>
            ))}
          </div>
        )}
      </td>
    </tr>
  );
}

function ToldWords({ revision: { told, nextReminder: next } }: { revision: Revision }) {
  return (
    <>
      {told && texts.told(texts.stages[told.stage], momentInWords(told.at))}
      {told && <div className="small muted">{texts.reached[reachedIn(told)]}</div>}
      {next && <div className="small">{texts.next(texts.stages[next.stage], momentInWords(next.at))}</div>}
    </>
  );
}

const reachedIn = ({ reached }: NonNullable<Revision['told']>) =>
  reached === undefined ? 'unknown' : reached ? 'yes' : 'no';

/** What was noted and put off, in the order in which it came, and how it was done. */
function ProgressList({ revision: { progress, postponements, done } }: { revision: Revision }) {
  const lines = [
    ...progress.map(({ seq, at, by, note }) => ({ seq, at, words: `${texts.by[by]}：${note}` })),
    ...postponements.map(({ seq, at, dueAt, reason }) => ({
      seq,
      at,
      words: texts.postponed(momentInWords(dueAt), reason),
    })),
  ].sort((one, other) => one.seq - other.seq);
  return (
    <ul className="rows">
      {lines.map(({ seq, at, words }) => (
        <li key={seq}>
          <span className="number muted small">{momentInWords(at)}</span> {words}
        </li>
      ))}
      {done && (
        <li>
          {texts.doneAt(momentInWords(done.at), done.late)}：{done.note}
          {done.filing && (
            <div className="small">{texts.filed(momentInWords(done.filing.at), done.filing.number ?? '')}</div>
          )}
        </li>
      )}
    </ul>
  );
}
