/** What is told of each notice in the district's name: to the units and to the public, written left, the record right. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, LevelChip } from '../../shared/chips.js';
import { Empty, Queried } from '../../shared/states.js';
import { issuingTexts } from '../../texts/zh-CN/issuing.js';
import { textsQuery } from '../documents/paper-queries.js';
import { EpisodeFrame, useAddresses } from '../episode/episode-frame.js';
import { useEntries } from '../episode-queries.js';
import { useIsOffice } from '../role.js';
import { TextForm } from '../texts/text-form.js';

const texts = issuingTexts;
const route = getRouteApi('/episodes/$episodeId/texts');

type TextRow = Schemas['WarningText'];
type Notice = Schemas['Episode']['notices'][number];

const keyOf = ({ noticeId, audience }: Pick<TextRow, 'noticeId' | 'audience'>): string => `${noticeId}-${audience}`;

export function TextsPage(): ReactNode {
  const { episodeId } = route.useParams();
  const { of } = route.useSearch();
  const query = useQuery(textsQuery(episodeId));
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title} count={query.data?.toIssue.length ?? 0}>
      {(episode) => (
        <Queried query={query}>
          {({ items, toIssue, broadcast }) => {
            const row = items.find((one) => keyOf(one) === of) ?? items[0];
            return row === undefined ? (
              <Empty>{texts.none}</Empty>
            ) : (
              <>
                <Choice items={items} toIssue={toIssue} chosen={row} />
                <Chosen key={keyOf(row)} episode={episode} row={row} broadcast={broadcast} />
              </>
            );
          }}
        </Queried>
      )}
    </EpisodeFrame>
  );
}

interface ChoiceProps {
  items: TextRow[];
  toIssue: Schemas['WarningTexts']['toIssue'];
  chosen: TextRow;
}

function Choice({ items, toIssue, chosen }: ChoiceProps) {
  const missing = new Set(toIssue.map(keyOf));
  return (
    <nav className="tiles of-texts not-printed" aria-label={texts.choose}>
      {items.map((one) => (
        <Link
          key={keyOf(one)}
          from="/episodes/$episodeId/texts"
          search={{ of: keyOf(one) }}
          className="tile"
          aria-current={one === chosen ? 'true' : undefined}
          activeProps={{}}
        >
          <span>
            {texts.occasions[one.occasion]} · {texts.audiences[one.audience]}
          </span>
          <span className="small muted">{one.noticeName}</span>
          <span>
            {missing.has(keyOf(one)) ? (
              <Chip tone="warn">{texts.notIssued[one.audience]}</Chip>
            ) : (
              <Standing row={one} />
            )}
            {one.effect === 'overtaken' && <Chip>{texts.overtaken}</Chip>}
          </span>
        </Link>
      ))}
    </nav>
  );
}

function Standing({ row: { status, audience } }: { row: TextRow }) {
  return status === 'issued' ? (
    <Chip tone="good">{texts.isIssued[audience]}</Chip>
  ) : (
    <Chip>{texts.status[status]}</Chip>
  );
}

type Broadcast = Schemas['WarningTexts']['broadcast'];

interface ChosenProps {
  episode: Schemas['Episode'];
  row: TextRow;
  broadcast: Broadcast;
}

function Chosen({ episode, row, broadcast }: ChosenProps) {
  const { episodeId, drill, closedAt, notices } = episode;
  const canAct = useIsOffice() && closedAt === undefined;
  const notice = notices.find(({ noticeId }) => noticeId === row.noticeId);
  return (
    <div className="two-columns">
      <section className="panel" aria-labelledby="text">
        <h2 id="text">{texts.audiences[row.audience]}</h2>
        <Files episodeId={episodeId} row={row} />
        {canAct ? (
          <TextForm episodeId={episodeId} drill={drill} row={row} broadcast={broadcast} />
        ) : (
          <>
            <h3>{row.title}</h3>
            <p className="prose">{row.text}</p>
          </>
        )}
      </section>
      <section className="panel" aria-labelledby="record">
        <h2 id="record">{texts.record}</h2>
        {notice && <Facts episodeId={episodeId} notice={notice} />}
        {row.audience === 'public' && <OnAir {...broadcast} />}
        <Versions episodeId={episodeId} row={row} />
      </section>
    </div>
  );
}

function Files({ episodeId, row: { noticeId, audience, status, versions } }: { episodeId: string; row: TextRow }) {
  const paper = `/api/v1/episodes/${episodeId}/texts/${noticeId}/units.docx`;
  if (audience === 'public')
    return versions[0]?.onPublicPages ? (
      <p className="actions not-printed">
        <a className="button" href={`/public/warnings/${episodeId}`} target="_blank" rel="noreferrer">
          {texts.publicPage}
        </a>
      </p>
    ) : null;
  return (
    <p className="actions not-printed">
      {status !== 'issued' && (
        <a className="button" href={`${paper}?version=draft`} download>
          {texts.paper.draft}
        </a>
      )}
      {versions.length > 0 && (
        <a className="button" href={paper} download>
          {texts.paper.issued}
        </a>
      )}
    </p>
  );
}

function Facts({ episodeId, notice }: { episodeId: string; notice: Notice }) {
  const entries = useEntries(episodeId, 'warning.issued', 'level.adjusted', 'warning.lifted');
  const entered = entries.data?.items.find(({ data }) => data.noticeId === notice.noticeId)?.data.notice as
    | { issuer?: string; text?: string }
    | undefined;
  const facts = [
    [texts.facts.issuer, entered?.issuer],
    [texts.facts.district, <LevelChip key="level" level={notice.level} />],
    [texts.facts.city, <LevelChip key="city" level={notice.cityLevel} />],
    [texts.facts.effective, momentInWords(notice.effectiveAt)],
    [texts.facts.end, notice.expectedEndAt ? momentInWords(notice.expectedEndAt) : texts.noEnd],
  ] as const;
  return (
    <>
      <p>{notice.name}</p>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {entered?.text && <p className="prose">{entered.text}</p>}
    </>
  );
}

function OnAir({ lastAt, nextAt }: Broadcast) {
  if (lastAt === undefined) return null;
  return (
    <>
      <h3>{texts.onAir}</h3>
      <p>{texts.lastOnAir(momentInWords(lastAt))}</p>
      <p>{nextAt === undefined ? texts.offAir : texts.nextOnAir(momentInWords(nextAt))}</p>
    </>
  );
}

function Versions({ episodeId, row: { noticeId, versions } }: { episodeId: string; row: TextRow }) {
  const at = useAddresses();
  return (
    <>
      <h3>{texts.versions}</h3>
      {versions.length === 0 && <p className="muted">{texts.noVersion}</p>}
      <ul className="lines">
        {versions.map(({ version, seq, title, text, number, issuedAt, paper, onPublicPages, broadcast }) => (
          <li key={version}>
            <details>
              <summary>
                {texts.version(version)} {momentInWords(issuedAt)}
              </summary>
              <p>
                <strong>{title}</strong> {number}
              </p>
              <p className="prose">{text}</p>
            </details>
            <Link to={at.entry} params={{ episodeId, seq: String(seq) }}>
              {`#${seq}`}
            </Link>{' '}
            {paper && (
              <a href={`/api/v1/episodes/${episodeId}/texts/${noticeId}/units.docx?version=${version}`} download>
                {paper.name}
              </a>
            )}
            {broadcast && <span className="muted">{texts.wasBroadcast}</span>}
            {!paper && !onPublicPages && <span className="muted">{texts.notShown}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}
