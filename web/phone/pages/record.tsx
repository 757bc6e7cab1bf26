/** The unit's own entries in the ledger, in words, the newest first; what was late or missed is told as it is. */
import { useState } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, type Tone } from '../../shared/chips.js';
import { Empty } from '../../shared/states.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { Unread, type Work, WorkPage } from '../frame.js';
import { LateMatters } from '../late-matters.js';
import { usePhoneRead } from '../reads.js';

const texts = phoneTexts.record;
const AT_ONCE = 30;
const MOST_IN_A_PAGE = 200;

export const RecordPage = () => (
  <WorkPage title={texts.title}>
    {(work) => (
      <>
        <LateMatters work={work} />
        <UnitRecord work={work} />
      </>
    )}
  </WorkPage>
);

interface Newest {
  entries: Array<Schemas['HistoryEntry']>;
  hasMore: boolean;
}

/** The newest so many. */
async function newestOf(episodeId: string, unitId: string, count: number): Promise<Newest> {
  const entries: Newest['entries'] = [];
  for (let cursor: string | undefined; ; ) {
    const limit = Math.min(count - entries.length, MOST_IN_A_PAGE);
    const query = { unitId, order: 'newest' as const, limit, ...(cursor === undefined ? {} : { cursor }) };
    const params = { path: { episodeId }, query };
    const { items, nextCursor } = await answered(api.GET('/api/v1/episodes/{episodeId}/history', { params }));
    entries.push(...items);
    cursor = nextCursor;
    if (cursor === undefined || entries.length >= count) return { entries, hasMore: cursor !== undefined };
  }
}

function UnitRecord({ work: { episode, unitId } }: { work: Work }) {
  const { episodeId } = episode;
  const [shown, setShown] = useState(AT_ONCE);
  const reading = usePhoneRead(`history/${episodeId}/${shown}`, () => newestOf(episodeId, unitId, shown));
  if (!reading.data) return <Unread reading={reading} />;
  const { entries, hasMore } = reading.data;
  if (entries.length === 0) return <Empty>{texts.none}</Empty>;
  return (
    <>
      <ol className="rows record">
        {entries.map((entry) => (
          <EntryRow key={entry.seq} entry={entry} />
        ))}
      </ol>
      {hasMore && (
        <button type="button" className="button wide" onClick={() => setShown(shown + AT_ONCE)}>
          {texts.more}
        </button>
      )}
      <a className="button wide" href={`/api/v1/episodes/${episodeId}/units/${unitId}/ledger.xlsx`} download>
        {texts.ledger}
      </a>
    </>
  );
}

function EntryRow({ entry: { seq, kind, episodeTime, actor, data } }: { entry: Schemas['HistoryEntry'] }) {
  const { text } = (data.content ?? data) as { text?: unknown };
  const said = [text, data.note, data.reason].find((one) => typeof one === 'string' && one !== '');
  return (
    <li className="row">
      <span>
        <EntryKind kind={kind} isLate={data.late === true} /> {typeof data.date === 'string' && data.date}
        {said !== undefined && <span className="said">{String(said)}</span>}
        <span className="muted small number">
          {momentInWords(episodeTime)} · {texts.seq(seq)} {BY[actor.role]}
        </span>
      </span>
    </li>
  );
}

const BY: Record<string, string | undefined> = { office: texts.byOffice, system: texts.bySystem };

function EntryKind({ kind, isLate }: { kind: string; isLate: boolean }) {
  const tone: Tone = kind.endsWith('.missed') ? 'bad' : isLate ? 'warn' : 'plain';
  const words = texts.kinds[kind] ?? texts.other;
  return tone === 'plain' ? <strong>{words}</strong> : <Chip tone={tone}>{words}</Chip>;
}
