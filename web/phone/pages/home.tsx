/** Today: confirm, what is to be reported, what is to be done. */
import { Link } from 'wouter';
import type { Schemas } from '../../shared/api.js';
import { dateInWords, millisecondsOf, momentInWords } from '../../shared/beijing.js';
import { Chip, DrillMark, LevelChip } from '../../shared/chips.js';
import { Countdown, lengthInWords, nowOnClock, useNow } from '../../shared/clock.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { publicWordsTexts } from '../../texts/zh-CN/public-words.js';
import { unitAddress, unitResource, useCurrentWork } from '../current.js';
import { PhoneFrame, WithWork, type Work } from '../frame.js';
import { putInOutbox } from '../outbox.js';
import { useOutboxRow } from '../send.js';
import { TaskGroups } from '../task-groups.js';
import { RevisionsLink } from './revisions.js';

const texts = phoneTexts.home;

export function HomePage() {
  const work = useCurrentWork();
  const past = work.episodes.data?.items.filter(({ phase }) => phase === 'closed') ?? [];
  return (
    <PhoneFrame title={texts.title} work={work} isHome>
      {work.open.length > 1 && <Choose episodes={work.open} chosen={work.episode?.episodeId} label={texts.choose} />}
      <WithWork work={work}>
        {(whole) => (
          <>
            <ConfirmCard work={whole} />
            {whole.unit.suspended && <p className="notice">{texts.suspended}</p>}
            {whole.unit.publishes && (
              <ul className="rows">
                <li>
                  <Link href={unitAddress('/u/publish', whole)} className="row">
                    {publicWordsTexts.phone.link}
                  </Link>
                </li>
              </ul>
            )}
            <DueList work={whole} />
            {whole.unit.circulars.length > 0 && (
              <p>
                <Link href={unitAddress('/u/circulars', whole)}>{texts.circulars(whole.unit.circulars.length)}</Link>
              </p>
            )}
            <TaskGroups work={whole} />
          </>
        )}
      </WithWork>
      <RevisionsLink work={work} />
      {past.length > 0 && <Choose episodes={past} chosen={undefined} label={texts.past} />}
    </PhoneFrame>
  );
}

interface ChooseProps {
  episodes: ReadonlyArray<Schemas['Episode']>;
  chosen: string | undefined;
  label: string;
}

const Choose = ({ episodes, chosen, label }: ChooseProps) => (
  <nav className="choose" aria-label={label}>
    <h2>{label}</h2>
    {episodes.map(({ episodeId, drill, notice, warningLevel }) => (
      <Link key={episodeId} href={`/u?episode=${episodeId}`} aria-current={episodeId === chosen ? 'page' : undefined}>
        <DrillMark drill={drill} />
        {notice.number ?? texts.unnumbered} <LevelChip level={warningLevel} />
      </Link>
    ))}
  </nav>
);

/** Whatever is not confirmed yet, late or not; the lifting too. */
const unconfirmedOf = ({ acknowledgements, lifting }: Schemas['UnitPage']) =>
  [...acknowledgements, ...(lifting ? [lifting] : [])].filter(
    ({ status, acknowledgedAt }) => acknowledgedAt === undefined && (status === 'pending' || status === 'missed'),
  );

function ConfirmCard({ work }: { work: Work }) {
  const { unit, clock, episode } = work;
  const path = `${unitResource(work)}/acknowledgement`;
  const row = useOutboxRow(path);
  const now = nowOnClock(clock, useNow());
  const open = unconfirmedOf(unit);
  const [first] = open;
  const last = [...unit.acknowledgements, ...(unit.lifting ? [unit.lifting] : [])].slice(-1)[0];
  if (!first)
    return last?.acknowledgedAt === undefined ? null : (
      <p className="notice good">{texts.confirmed(momentInWords(last.acknowledgedAt, now))}</p>
    );
  const over = now - millisecondsOf(first.dueAt);
  return (
    <section className="card confirm">
      <dl>
        <dt>{texts.notice}</dt>
        {open.map(({ noticeId, noticeNumber }) => (
          <dd key={noticeId}>{noticeNumber ?? texts.unnumbered}</dd>
        ))}
        <dt>{texts.confirmBy}</dt>
        <dd className="number">
          {momentInWords(first.dueAt, now)}（<Countdown until={first.dueAt} clock={clock} />）
        </dd>
      </dl>
      {over > 0 && <p className="notice bad">{texts.confirmLate(lengthInWords(over))}</p>}
      {row && !row.refused ? (
        <p className="notice" role="status">
          {texts.confirming}
        </p>
      ) : (
        <button
          type="button"
          className="button primary huge"
          onClick={() => void putInOutbox({ method: 'POST', path, body: {}, label: texts.confirm })}
        >
          {open.some(({ noticeId }) => noticeId === unit.lifting?.noticeId) ? texts.confirmLifting : texts.confirm}
        </button>
      )}
      <p className="small muted">
        <DrillMark drill={episode.drill} />
        {texts.confirmHint('')}
      </p>
    </section>
  );
}

interface DueItem {
  key: string;
  to: string;
  label: string;
  dueAt: string;
  status: string;
}

const OPEN = ['pending', 'missed'];

/** One line for each circular: it is answered where it is acknowledged. */
const circularsDue = ({ circulars }: Schemas['UnitPage']): DueItem[] =>
  circulars.flatMap(({ circularId, title, dueAt, status, measures, closedAt }) => {
    const receipt = { label: texts.circular(title), dueAt, status };
    const answer = measures ? [{ label: texts.measures(title), ...measures }] : [];
    const first = [receipt, ...answer].find((one) => OPEN.includes(one.status));
    return first && closedAt === undefined ? [{ key: circularId, to: `/u/circulars/${circularId}`, ...first }] : [];
  });

function dueOf(unit: Schemas['UnitPage']): DueItem[] {
  const { implementation, dailyReports, summary } = unit;
  const last = implementation.slice(-1);
  return [
    ...circularsDue(unit),
    ...last.map((one) => ({ ...one, key: 'implementation', to: '/u/implementation', label: texts.implementation })),
    ...dailyReports.map((one) => ({
      ...one,
      key: one.date,
      to: `/u/report/${one.date}`,
      label: texts.report(dateInWords(one.date)),
    })),
    ...(summary ? [{ ...summary, key: 'summary', to: '/u/summary', label: texts.summary }] : []),
  ]
    .filter(({ status }) => OPEN.includes(status))
    .sort((one, other) => millisecondsOf(one.dueAt) - millisecondsOf(other.dueAt));
}

function DueList({ work }: { work: Work }) {
  const due = dueOf(work.unit);
  if (due.length === 0) return null;
  return (
    <section>
      <h2>{texts.due}</h2>
      <ul className="rows">
        {due.map(({ key, to, label, dueAt, status }) => (
          <li key={key}>
            <Link href={unitAddress(to, work)} className="row">
              <span>{label}</span>
              {status === 'missed' ? (
                <Chip tone="bad">{texts.missed}</Chip>
              ) : (
                <Countdown until={dueAt} clock={work.clock} />
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
