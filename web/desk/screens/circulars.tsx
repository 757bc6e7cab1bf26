/** Circulars of an episode: those issued, and a new one. */
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { nowOnClock } from '../../shared/clock.js';
import { Empty, Queried } from '../../shared/states.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { circularTexts } from '../../texts/zh-CN/circulars.js';
import { useCircularGrounds, useCirculars } from '../circulars/circular-queries.js';
import { IssueDialog } from '../circulars/issue-dialog.js';
import { EpisodeFrame, useEpisodeId } from '../episode/episode-frame.js';
import { useBoard } from '../episode-queries.js';
import { ListTable } from '../list-table.js';
import { useIsOffice } from '../role.js';
import '../acts/acts.css';

const texts = circularTexts;

export function CircularsPage(): ReactNode {
  const episodeId = useEpisodeId();
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {(episode, clock) => <Circulars episode={episode} now={nowOnClock(clock)} />}
    </EpisodeFrame>
  );
}

function Circulars({ episode: { episodeId, drill, closedAt }, now }: { episode: Schemas['Episode']; now: number }) {
  const canAct = useIsOffice() && closedAt === undefined;
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState<string>();
  return (
    <>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      {canAct && (
        <p className="actions not-printed">
          <button type="button" className="button primary" onClick={() => setOpen(true)}>
            {texts.issue}
          </button>
        </p>
      )}
      <Queried query={useCirculars(episodeId)}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{texts.none}</Empty>
          ) : (
            <CircularTable rows={items} episodeId={episodeId} now={now} />
          )
        }
      </Queried>
      {isOpen && (
        <Issue
          episodeId={episodeId}
          drill={drill}
          onClose={() => setOpen(false)}
          onDone={(what, seq) => {
            setOpen(false);
            setDone(actTexts.done(what, seq));
          }}
        />
      )}
    </>
  );
}

interface IssueProps {
  episodeId: string;
  drill: boolean;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

function Issue(props: IssueProps) {
  const units = useBoard(props.episodeId).data?.units ?? [];
  const grounds = useCircularGrounds(props.episodeId);
  return (
    <IssueDialog {...props} {...grounds} units={units.map(({ unitId, name }) => ({ value: unitId, label: name }))} />
  );
}

interface CircularTableProps {
  rows: ReadonlyArray<Schemas['CircularRow']>;
  episodeId: string;
  now: number;
}

const CircularTable = ({ rows, episodeId, now }: CircularTableProps) => (
  <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
    {rows.map(({ circularId, title, number, origin, issuedAt, answerDueAt, units, acknowledged, answered, closed }) => (
      <tr key={circularId}>
        <th scope="row">
          <Link to="/episodes/$episodeId/circulars/$circularId" params={{ episodeId, circularId }}>
            {title}
          </Link>
          <div className="small muted">{[texts.whose[origin], number].filter(Boolean).join(' · ')}</div>
        </th>
        <td className="number">{momentInWords(issuedAt, now)}</td>
        <td className="number">{texts.ofUnits(acknowledged, units)}</td>
        <td className="number">
          {texts.ofUnits(answered, units)}
          <div className="small muted">
            {answerDueAt === undefined ? texts.noAnswer : texts.answerBy(momentInWords(answerDueAt, now))}
          </div>
        </td>
        <td className="number">{texts.ofUnits(closed, units)}</td>
      </tr>
    ))}
  </ListTable>
);
