/** What went wrong or waits for the office, each with what to do about it. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { dateInWords, momentInWords } from '../../shared/beijing.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { BOARD_QUESTIONS } from '../board-cells.js';

const texts = dutyTexts.trouble;
const MOST_UNITS = 6;

export interface TroubleProps {
  episode: Schemas['Episode'];
  board: Schemas['Board'];
  now: number;
}

interface Item {
  key: string;
  what: ReactNode;
  next?: string;
}

export function Trouble({ episode, board, now }: TroubleProps): ReactNode {
  const items = [...ofTheProgram(board, now), ...ofUnits(board), ...ofTheOffice(episode, board, now)];
  return (
    <section className="panel" aria-labelledby="trouble">
      <h2 id="trouble">{texts.title}</h2>
      {items.length === 0 && <p className="muted">{texts.none}</p>}
      <ul className="lines">
        {items.map(({ key, what, next }) => (
          <li key={key}>
            {what}
            {next && <span className="next">{next}</span>}
          </li>
        ))}
      </ul>
      <NotIssued episodeId={episode.episodeId} toIssue={board.textsToIssue} />
    </section>
  );
}

/** Nobody waits for it, and no chain follows it: it is said in passing. */
function NotIssued({ episodeId, toIssue }: { episodeId: string; toIssue: TroubleProps['board']['textsToIssue'] }) {
  if (toIssue.length === 0) return null;
  const count = (audience: 'units' | 'public') => toIssue.filter((one) => one.audience === audience).length;
  return (
    <p className="small">
      <Link to="/episodes/$episodeId/texts" params={{ episodeId }} activeProps={{}}>
        {texts.notIssued(count('units'), count('public'))}
      </Link>
    </p>
  );
}

const ofTheProgram = ({ interrupted, channels = [], unreachable }: TroubleProps['board'], now: number): Item[] => [
  ...(interrupted ? [{ key: 'interrupted', what: texts.interrupted }] : []),
  ...channels.map(({ channel, name, detail, since }) => ({
    key: `${channel} ${name}`,
    what: texts.ill(detail, momentInWords(since, now)),
    next: texts.illNext,
  })),
  ...unreachable.map(({ unitId, name, reason }) => ({
    key: unitId,
    what: texts.unreachable(name, reason),
    next: texts.unreachableNext,
  })),
];

function ofUnits({ units }: TroubleProps['board']): Item[] {
  const found = units.flatMap(({ unitId, name, unreachable }) => (unreachable ? [{ unitId, name, unreachable }] : []));
  const shown = found.slice(0, MOST_UNITS).map(({ unitId, name, unreachable }) => ({
    key: unitId,
    what: (
      <Link from="/duty" search={(before) => ({ ...before, unit: unitId })} activeProps={{}}>
        {texts.unreachable(name, unreachable.reason)}
      </Link>
    ),
    next: texts.unreachableNext,
  }));
  const late = units.filter((unit) => BOARD_QUESTIONS.late(unit, 0)).length;
  const ofLate = (
    <Link from="/duty" search={(before) => ({ ...before, show: 'late' })} activeProps={{}}>
      {texts.late(late)}
    </Link>
  );
  const all = late > 0 ? [...shown, { key: 'late', what: ofLate, next: texts.lateNext }] : shown;
  if (found.length <= MOST_UNITS) return all;
  const more = (
    <Link from="/duty" search={(before) => ({ ...before, show: 'unreachable' })} activeProps={{}}>
      {texts.more(found.length - MOST_UNITS)}
    </Link>
  );
  return [...all, { key: 'more', what: more }];
}

const ofTheOffice = (
  { episodeId, notices, liftedAt }: TroubleProps['episode'],
  { expectedEnd, digestsToSubmit }: TroubleProps['board'],
  now: number,
): Item[] => [
  ...(expectedEnd?.passed && liftedAt === undefined
    ? [{ key: 'end', what: <EndQuestion episodeId={episodeId} at={momentInWords(expectedEnd.at, now)} /> }]
    : []),
  ...(digestsToSubmit.length > 0
    ? [
        {
          key: 'digests',
          what: (
            <Link to="/episodes/$episodeId/digests" params={{ episodeId }}>
              {texts.digests(digestsToSubmit.map((day) => dateInWords(day, now)).join('、'))}
            </Link>
          ),
          next: texts.digestsNext,
        },
      ]
    : []),
  ...notices
    .filter(({ number }) => number === undefined)
    .map(({ noticeId, name }) => ({
      key: noticeId,
      what: (
        <Link to="/episodes/$episodeId/notices" params={{ episodeId }} activeProps={{}}>
          {texts.unnumbered(name)}
        </Link>
      ),
      next: texts.unnumberedNext,
    })),
];

/** Is it over? The office answers by a notice: lifted, longer, or until further notice. */
function EndQuestion({ episodeId, at }: { episodeId: string; at: string }) {
  return (
    <>
      {texts.ended(at)}
      <span className="next">
        {texts.endedNext}{' '}
        <Link to="/episodes/$episodeId/lift" params={{ episodeId }} activeProps={{}}>
          {texts.ends.lift}
        </Link>{' '}
        <Link to="/episodes/$episodeId/adjust" params={{ episodeId }} search={{ end: 'set' }} activeProps={{}}>
          {texts.ends.set}
        </Link>{' '}
        <Link to="/episodes/$episodeId/adjust" params={{ episodeId }} search={{ end: 'open' }} activeProps={{}}>
          {texts.ends.open}
        </Link>
      </span>
    </>
  );
}
