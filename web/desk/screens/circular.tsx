/** One circular: its text, and how it stands for each unit. */
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, type Tone } from '../../shared/chips.js';
import { nowOnClock } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { circularTexts } from '../../texts/zh-CN/circulars.js';
import { AnswerForUnit } from '../circulars/answer-for-unit.js';
import { CircularUrgeDialog, ClosingDialog, openAbout } from '../circulars/circular-dialogs.js';
import { useCircular } from '../circulars/circular-queries.js';
import { EpisodeFrame, useAddresses } from '../episode/episode-frame.js';
import { PaperLinks } from '../episode/paper-links.js';
import { ListTable } from '../list-table.js';
import { useIsOffice } from '../role.js';
import '../acts/acts.css';

const texts = circularTexts.detail;
const route = getRouteApi('/episodes/$episodeId/circulars/$circularId');

type Circular = Schemas['Circular'];
type OfUnit = Circular['items'][number];
type Open =
  | { act: 'close'; unitId?: string }
  | { act: 'urge' }
  | { act: 'acknowledge' | 'answer'; unitId: string; name: string };

const TONES: Record<OfUnit['status'] | 'submitted', Tone> = {
  pending: 'warn',
  acknowledged: 'good',
  submitted: 'good',
  late: 'warn',
  missed: 'bad',
  withdrawn: 'plain',
};

export function CircularPage(): ReactNode {
  const { episodeId, circularId } = route.useParams();
  const query = useCircular(episodeId, circularId);
  return (
    <EpisodeFrame episodeId={episodeId} title={circularTexts.title}>
      {(episode, clock) => (
        <Queried query={query}>
          {(circular) => <OneCircular circular={circular} episode={episode} now={nowOnClock(clock)} />}
        </Queried>
      )}
    </EpisodeFrame>
  );
}

function OneCircular({ circular, episode, now }: { circular: Circular; episode: Schemas['Episode']; now: number }) {
  const { episodeId, drill, closedAt } = episode;
  const canAct = useIsOffice() && closedAt === undefined;
  const [open, setOpen] = useState<Open>();
  const [done, setDone] = useState<string>();
  const isOpen = circular.items.some((one) => one.closedAt === undefined);
  const isOwed = openAbout(circular, 'circular').length + openAbout(circular, 'measures').length > 0;
  const dialog = {
    episodeId,
    drill,
    circular,
    onClose: () => setOpen(undefined),
    onDone: (what: string, seq: number) => {
      setOpen(undefined);
      setDone(actTexts.done(what, seq));
    },
  };
  return (
    <>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <CircularWords circular={circular} episodeId={episodeId} now={now} />
      <PaperLinks episodeId={episodeId} address={`circulars/${circular.circularId}`} isSent endings={['docx']} />
      {canAct && (
        <p className="actions not-printed">
          {isOwed && (
            <button type="button" className="button" onClick={() => setOpen({ act: 'urge' })}>
              {texts.urge}
            </button>
          )}
          {isOpen && (
            <button type="button" className="button" onClick={() => setOpen({ act: 'close' })}>
              {texts.closeAll}
            </button>
          )}
        </p>
      )}
      <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
        {circular.items.map((one) => (
          <UnitOfCircular
            key={one.unitId}
            one={one}
            now={now}
            begin={canAct ? (act) => setOpen({ act, unitId: one.unitId, name: one.name }) : undefined}
          />
        ))}
      </ListTable>
      {open?.act === 'close' && <ClosingDialog {...dialog} unitId={open.unitId} />}
      {open?.act === 'urge' && <CircularUrgeDialog {...dialog} />}
      {(open?.act === 'acknowledge' || open?.act === 'answer') && (
        <AnswerForUnit
          {...dialog}
          act={open.act}
          name={open.name}
          path={{ episodeId, unitId: open.unitId, circularId: circular.circularId }}
        />
      )}
    </>
  );
}

function CircularWords({ circular, episodeId, now }: { circular: Circular; episodeId: string; now: number }) {
  const at = useAddresses();
  const { title, number, origin, issuedAt, text, attachmentIds, answerDueAt, referrals, problems } = circular;
  const facts = [
    circularTexts.whose[origin],
    number,
    momentInWords(issuedAt, now),
    answerDueAt && circularTexts.answerBy(momentInWords(answerDueAt, now)),
  ];
  return (
    <section className="panel section" aria-label={title}>
      <h2>{title}</h2>
      <p className="small muted">{facts.filter(Boolean).join(' · ')}</p>
      <p className="prose">{text}</p>
      <Attachments ids={attachmentIds} />
      {referrals.length > 0 && (
        <p className="small">
          {texts.referrals}
          {referrals.map((seq) => (
            <Link key={seq} to={at.entry} params={{ episodeId, seq: String(seq) }}>
              {texts.entry(seq)}{' '}
            </Link>
          ))}
        </p>
      )}
      {problems.length > 0 && <p className="small">{texts.problems(problems.join('、'))}</p>}
    </section>
  );
}

const Attachments = ({ ids }: { ids: readonly string[] }) => (
  <>
    {ids.map((id, place) => (
      <a key={id} href={`/api/v1/attachments/${id}`} download>
        {texts.attachment(place + 1)}{' '}
      </a>
    ))}
  </>
);

interface UnitOfCircularProps {
  one: OfUnit;
  now: number;
  /** Absent for whoever may only read. */
  begin: ((act: 'acknowledge' | 'answer' | 'close') => void) | undefined;
}

function UnitOfCircular({ one, now, begin }: UnitOfCircularProps) {
  const { name, dueAt, status, acknowledgedAt = '', measures, answer, answeredAt = '', closedAt, closing } = one;
  const at = (moment: string) => (moment === '' ? '' : momentInWords(moment, now));
  const button = (act: 'acknowledge' | 'answer' | 'close') =>
    begin &&
    closedAt === undefined && (
      <button
        type="button"
        className="link-button not-printed"
        aria-label={texts.actFor(texts[act], name)}
        onClick={() => begin(act)}
      >
        {texts[act]}
      </button>
    );
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        <Chip tone={TONES[status]}>{texts.statuses[status](at(dueAt), at(acknowledgedAt))}</Chip>{' '}
        {acknowledgedAt === '' && button('acknowledge')}
      </td>
      <td>
        {measures ? (
          <Chip tone={TONES[measures.status]}>{texts.answers[measures.status](at(measures.dueAt))}</Chip>
        ) : (
          <span className="muted">{texts.notAsked}</span>
        )}{' '}
        {answer === undefined && button('answer')}
        {answer && (
          <p className="prose">
            {texts.answeredAt(at(answer.correctedAt ?? answeredAt))}
            {answer.text} <Attachments ids={answer.attachmentIds} />
          </p>
        )}
      </td>
      <td>
        {closedAt === undefined ? (
          button('close')
        ) : (
          <>
            {texts.closed(at(closedAt))}
            {closing}
          </>
        )}
      </td>
    </tr>
  );
}
