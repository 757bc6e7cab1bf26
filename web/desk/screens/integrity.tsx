/** Whether the ledger is whole, in one sentence, with what was checked and the text for whoever checks it elsewhere. */
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Queried } from '../../shared/states.js';
import { auditTexts } from '../../texts/zh-CN/audit.js';
import { EpisodeFrame, useAddresses, useEpisodeId } from '../episode/episode-frame.js';
import { PaperLinks } from '../episode/paper-links.js';

const texts = auditTexts.integrity;
const COUNT = new Intl.NumberFormat('zh-CN');
/** Enough of a hash to compare by eye. */
const BEGINNING = 12;

export function IntegrityPage(): ReactNode {
  const episodeId = useEpisodeId();
  const query = useQuery({
    // Not of the episode: each check reads the whole ledger, so that it is made when somebody asks.
    queryKey: ['verification', episodeId],
    queryFn: () =>
      answered(api.GET('/api/v1/episodes/{episodeId}/history/verification', { params: { path: { episodeId } } })),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {() => (
        <>
          <Queried query={query}>
            {(found) => <Findings episodeId={episodeId} found={found} at={momentInWords(query.dataUpdatedAt)} />}
          </Queried>
          <div className="actions not-printed">
            <button type="button" className="button" disabled={query.isFetching} onClick={() => void query.refetch()}>
              {query.isFetching ? texts.checking : texts.again}
            </button>
            <a className="button" href={`/api/v1/episodes/${encodeURIComponent(episodeId)}/history/text`} download>
              {texts.download}
            </a>
          </div>
          <p className="muted">{texts.downloadHint}</p>
          <FollowUpRecord />
          <PaperLinks episodeId={episodeId} address="ledger" isSent={false} endings={['xlsx', 'csv']} />
        </>
      )}
    </EpisodeFrame>
  );
}

/** What this episode and earlier ones left to be done is on a chain of its own. */
function FollowUpRecord() {
  const query = useQuery({
    queryKey: ['verification', 'revisions'],
    queryFn: () => answered(api.GET('/api/v1/revisions/verification')),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <section className="panel" aria-labelledby="follow-up-record">
      <h2 id="follow-up-record">{texts.followUp.title}</h2>
      <Queried query={query}>
        {({ valid, entries, head = '', firstBadSeq, differences }) => (
          <>
            <p className={valid ? 'notice good' : 'notice bad'}>
              {entries === 0 && valid
                ? texts.followUp.none
                : valid
                  ? texts.followUp.whole(COUNT.format(entries), `${head.slice(0, BEGINNING)}…`)
                  : texts.broken(COUNT.format(entries), momentInWords(query.dataUpdatedAt))}
            </p>
            {firstBadSeq !== undefined && (
              <p>
                {texts.first}
                {texts.firstEntry(firstBadSeq)}
              </p>
            )}
            <ul>
              {differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </>
        )}
      </Queried>
      <p>
        <Link to="/revisions">{texts.followUp.link}</Link>
      </p>
    </section>
  );
}

interface FindingsProps {
  episodeId: string;
  found: Schemas['Verification'];
  at: string;
}

function Findings({ episodeId, found: { valid, entries, head = '', firstBadSeq, differences }, at }: FindingsProps) {
  const { entry } = useAddresses();
  const count = COUNT.format(entries);
  return (
    <>
      <p className={valid ? 'notice good' : 'notice bad'} role="status">
        {valid ? texts.whole(count, `${head.slice(0, BEGINNING)}…`, at) : texts.broken(count, at)}
      </p>
      {firstBadSeq !== undefined && (
        <p>
          {texts.first}
          <Link to={entry} params={{ episodeId, seq: String(firstBadSeq) }}>
            {texts.firstEntry(firstBadSeq)}
          </Link>
        </p>
      )}
      <section className="panel" aria-labelledby="checks">
        <h2 id="checks">{texts.checks}</h2>
        <ul className="lines">
          {[texts.chain, texts.edition, texts.readModel].map((check, place) => (
            <li key={check}>
              <Verdict verdict={verdictOf(place, valid, firstBadSeq)} /> {check}
            </li>
          ))}
        </ul>
        {differences.length > 0 && (
          <>
            <h3>{texts.differences}</h3>
            <ul>
              {differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </>
        )}
        <h3>{texts.head}</h3>
        <p className="code">{head}</p>
      </section>
    </>
  );
}

/** The chain comes first. Where it breaks, nothing after it can be judged. */
function verdictOf(place: number, valid: boolean, firstBadSeq: number | undefined): keyof typeof TONES {
  const isChain = place === 0;
  if (valid) return 'good';
  if (firstBadSeq === undefined) return isChain ? 'good' : 'below';
  return isChain ? 'bad' : 'unknown';
}

const TONES = { good: 'good', bad: 'bad', below: 'bad', unknown: 'warn' } as const;
const MARKS = { good: '✓', bad: '✕', below: '✕', unknown: '？' } as const;

const Verdict = ({ verdict }: { verdict: keyof typeof TONES }) => (
  <Chip tone={TONES[verdict]}>
    {MARKS[verdict]} {texts[verdict]}
  </Chip>
);
