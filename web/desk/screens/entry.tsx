/** One entry whole: in words, as it is stored, between its neighbours, with its hashes computed again. */
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { nowOnClock } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { auditTexts } from '../../texts/zh-CN/audit.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { entryTexts } from '../../texts/zh-CN/entries.js';
import { EntryLines, EntryWords, unitIdIn } from '../entry-lines.js';
import { EpisodeFrame, useAddresses, useEpisodeId } from '../episode/episode-frame.js';
import { useBoard } from '../episode-queries.js';
import { ofEpisode } from '../queries.js';

const texts = auditTexts.entry;

type Line = Schemas['EntryInChain'];
type Units = ReadonlyArray<{ unitId: string; name: string }>;

export function EntryPage(): ReactNode {
  const episodeId = useEpisodeId();
  const seq = useParams({ strict: false }).seq ?? '';
  const units = useBoard(episodeId).data?.units ?? [];
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'entry', seq),
    queryFn: () =>
      answered(api.GET('/api/v1/episodes/{episodeId}/history/{seq}', { params: { path: { episodeId, seq } } })),
  });
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title(Number(seq))}>
      {({ drill }, clock) => (
        <Queried query={query}>
          {(line) => (
            <>
              <Neighbours episodeId={episodeId} line={line} />
              <div className="two-columns">
                <InWords line={line} drill={drill} units={units} />
                <InChain line={line} />
              </div>
              <section className="panel" aria-labelledby="beside">
                <h2 id="beside">{texts.beside}</h2>
                <EntryLines
                  episodeId={episodeId}
                  entries={[line.previous, line.entry, line.next].flatMap((one) => one ?? [])}
                  units={units}
                  now={nowOnClock(clock)}
                  withRealTime={drill}
                />
              </section>
            </>
          )}
        </Queried>
      )}
    </EpisodeFrame>
  );
}

function Neighbours({ episodeId, line: { seq, recomputed } }: { episodeId: string; line: Line }) {
  const { entry: to } = useAddresses();
  return (
    <nav className="actions not-printed" aria-label={texts.beside}>
      {seq > 1 && (
        <Link className="button" to={to} params={{ episodeId, seq: String(seq - 1) }}>
          ‹ {texts.previous}
        </Link>
      )}
      {recomputed.isFollowed !== undefined && (
        <Link className="button" to={to} params={{ episodeId, seq: String(seq + 1) }}>
          {texts.next} ›
        </Link>
      )}
    </nav>
  );
}

function InWords({ line: { entry }, drill, units }: { line: Line; drill: boolean; units: Units }) {
  const nameOf = (unitId: string) => units.find((unit) => unit.unitId === unitId)?.name ?? unitId;
  if (!entry) return <p className="notice bad">{texts.unreadable}</p>;
  const unitId = unitIdIn(entry);
  const { facts } = texts;
  const rows: Array<[string, string | undefined]> = [
    [facts.kind, entryTexts[entry.kind]?.name ?? entry.kind],
    [facts.unit, unitId && nameOf(unitId)],
    [drill ? texts.drillTime : facts.episodeTime, momentInWords(entry.episodeTime)],
    [facts.at, momentInWords(entry.at)],
    [facts.actor, texts.roles[entry.actor.role] ?? entry.actor.role],
    [facts.clause, entry.clause && commonTexts.clauseAlone(entry.clause)],
  ];
  return (
    <section className="panel" aria-labelledby="words">
      <h2 id="words">{texts.words}</h2>
      <p>
        <EntryWords entry={entry} nameOf={nameOf} />
      </p>
      <dl className="facts">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <details>
        <summary>{texts.data}</summary>
        <pre className="code">{JSON.stringify(entry.data, null, 2)}</pre>
      </details>
    </section>
  );
}

function InChain({ line: { canonical, hash, recomputed } }: { line: Line }) {
  const { isAsStored, followsPrevious, isFollowed } = recomputed;
  return (
    <section className="panel" aria-labelledby="chain">
      <h2 id="chain">{texts.chain}</h2>
      <p className="chips">
        <Verdict holds={isAsStored} good={texts.asStored} bad={texts.notAsStored} />
        <Verdict holds={followsPrevious} good={texts.follows} bad={texts.doesNotFollow} />
        {isFollowed === undefined ? (
          <Chip>{texts.last}</Chip>
        ) : (
          <Verdict holds={isFollowed} good={texts.followed} bad={texts.notFollowed} />
        )}
      </p>
      <h3>{texts.stored}</h3>
      <p className="code">{hash}</p>
      <h3>{texts.computed}</h3>
      <p className="code">{recomputed.hash}</p>
      <h3>{texts.canonical}</h3>
      <pre className="code">{canonical}</pre>
    </section>
  );
}

const Verdict = ({ holds, good, bad }: { holds: boolean; good: string; bad: string }) => (
  <Chip tone={holds ? 'good' : 'bad'}>{holds ? `✓ ${good}` : `✕ ${bad}`}</Chip>
);
