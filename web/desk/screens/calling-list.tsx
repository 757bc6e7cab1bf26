/** Whom the office has to ring, and what has been tried. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { nowOnClock, Timestamp } from '../../shared/clock.js';
import { Empty, Queried } from '../../shared/states.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { CallDialog } from '../duty/call-dialog.js';
import { PersonList } from '../duty/people.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { ListTable } from '../list-table.js';
import { ofEpisode } from '../queries.js';

const texts = episodeTexts.calling;
const route = getRouteApi('/episodes/$episodeId/calling-list');

type Row = Schemas['CallingList']['items'][number];

export function CallingListPage(): ReactNode {
  const { episodeId } = route.useParams();
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'calling-list'),
    queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/calling-list', { params: { path: { episodeId } } })),
  });
  const [ringing, setRinging] = useState<Row>();
  const [done, setDone] = useState<string>();
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {({ drill }, clock) => (
        <>
          <p className="muted">{texts.hint}</p>
          {done !== undefined && (
            <p className="notice good" role="status">
              {done}
            </p>
          )}
          <Queried query={query}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty>{texts.none}</Empty>
              ) : (
                <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
                  {items.map((row) => (
                    <CallingRow key={row.unitId} row={row} now={nowOnClock(clock)} ring={() => setRinging(row)} />
                  ))}
                </ListTable>
              )
            }
          </Queried>
          {ringing && (
            <CallDialog
              episodeId={episodeId}
              drill={drill}
              unit={ringing}
              contacts={ringing.people}
              onClose={() => setRinging(undefined)}
              onDone={(seq) => {
                setRinging(undefined);
                setDone(texts.done(ringing.name, seq));
              }}
            />
          )}
        </>
      )}
    </EpisodeFrame>
  );
}

function CallingRow({ row, now, ring }: { row: Row; now: number; ring: () => void }) {
  const { name, since, why, people, unreachable, messages, calls } = row;
  return (
    <tr>
      <th scope="row">
        <strong>{name}</strong>
        <br />
        <Timestamp at={since} now={now} />
      </th>
      <td>
        {why.map(({ deadline, noticeId, taskId, dueAt, status }) => (
          <div key={`${deadline} ${noticeId} ${taskId}`} className={status === 'missed' ? 'bad-words' : undefined}>
            {texts[status](episodeTexts.deadlines[deadline], momentInWords(dueAt, now))}
          </div>
        ))}
        {unreachable && <div className="bad-words">{unreachable.reason}</div>}
      </td>
      <td>
        {people.length === 0 ? (
          dutyTexts.drawer.nobody
        ) : (
          <PersonList people={people.map(({ number, ...one }) => ({ ...one, ...(number && { phone: number }) }))} />
        )}
      </td>
      <td>
        {texts.sent(messages.sent, messages.failed)}
        <br />
        {calls.last
          ? texts.calls(
              calls.count,
              `${momentInWords(calls.last.at, now)} ${dutyTexts.call.outcomes[calls.last.outcome]}`,
            )
          : texts.noCalls}
      </td>
      <td>
        <button type="button" className="button" aria-label={texts.recordFor(name)} onClick={ring}>
          {texts.record}
        </button>
      </td>
    </tr>
  );
}
