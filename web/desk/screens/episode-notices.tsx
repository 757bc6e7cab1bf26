/** The city's notices of an episode, with their words, forecasts and papers. */
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, LevelChip } from '../../shared/chips.js';
import { nowOnClock } from '../../shared/clock.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { NumberDialog } from '../acts/number-dialog.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { useEntries } from '../episode-queries.js';
import { ListTable } from '../list-table.js';
import { DrillPolicy } from '../notices/drill-policy.js';
import { useIsOffice } from '../role.js';

const texts = actTexts.notices;
const route = getRouteApi('/episodes/$episodeId/notices');

type Listed = Schemas['Episode']['notices'][number];
type Whole = Schemas['Episode']['notice'];

export function EpisodeNoticesPage(): ReactNode {
  const { episodeId } = route.useParams();
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {(episode, clock) => <Notices episode={episode} now={nowOnClock(clock)} />}
    </EpisodeFrame>
  );
}

function Notices({
  episode: { episodeId, drill, notices, closedAt },
  now,
}: {
  episode: Schemas['Episode'];
  now: number;
}) {
  const canAct = useIsOffice() && closedAt === undefined;
  const [open, setOpen] = useState<Listed>();
  const [done, setDone] = useState<string>();
  const entries = useEntries(episodeId, 'warning.issued', 'level.adjusted', 'warning.lifted');
  const whole = new Map(
    (entries.data?.items ?? []).map(({ data }) => [String(data.noticeId), data.notice as Whole] as const),
  );
  return (
    <>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
        {[...notices].reverse().map((one) => (
          <tr key={one.noticeId}>
            <th scope="row">
              {texts.kinds[one.kind]}：{one.name}
              {one.number === undefined && <Chip tone="warn">{texts.unnumbered}</Chip>}
              {one.ownNotice && (
                <div className="small">
                  {texts.own([one.ownNotice.title, one.ownNotice.number].filter(Boolean).join('，'))}
                </div>
              )}
              {canAct && (
                <div>
                  <button
                    type="button"
                    className="link-button"
                    aria-label={`${one.number === undefined ? texts.number : texts.correct}：${one.name}`}
                    onClick={() => setOpen(one)}
                  >
                    {one.number === undefined ? texts.number : texts.correct}
                  </button>
                </div>
              )}
            </th>
            <td>
              <LevelChip level={one.level} />
              <div className="small muted">{texts.effects[one.effect]}</div>
            </td>
            <td className="number">
              <div>{texts.issued(momentInWords(one.issuedAt, now))}</div>
              <div>{texts.entered(momentInWords(one.enteredAt, now))}</div>
              <div>{texts.effective(momentInWords(one.effectiveAt, now))}</div>
              {one.expectedEndAt && <div>{texts.end(momentInWords(one.expectedEndAt, now))}</div>}
            </td>
            <td>
              {one.received
                ? texts.receivedAt(texts.received[one.received.by], momentInWords(one.received.at, now))
                : texts.received.document}
            </td>
            <td>
              <Papers notice={whole.get(one.noticeId)} now={now} />
            </td>
          </tr>
        ))}
      </ListTable>
      {drill && <DrillPolicy episodeId={episodeId} />}
      {open && (
        <NumberDialog
          episodeId={episodeId}
          drill={drill}
          notice={open}
          onClose={() => setOpen(undefined)}
          onDone={(what, seq) => {
            setOpen(undefined);
            setDone(actTexts.done(what, seq));
          }}
        />
      )}
    </>
  );
}

function Papers({ notice, now }: { notice: Whole | undefined; now: number }) {
  if (!notice) return null;
  const { basis = 'city', issuer, text, forecast, attachmentIds = [] } = notice;
  return (
    <>
      <div className="muted">
        {issuer}（{texts.basis[basis]}）
      </div>
      {text && (
        <details>
          <summary>{texts.text}</summary>
          <p className="prose">{text}</p>
        </details>
      )}
      {forecast && (
        <div>
          {texts.forecast}：{forecast.aqi && `${texts.aqi(forecast.aqi[0]!, forecast.aqi[1]!)} `}
          {forecast.from && forecast.until && (
            <span className="number">
              {texts.hours(momentInWords(forecast.from, now), momentInWords(forecast.until, now))}
            </span>
          )}
          {forecast.text && <div className="prose">{forecast.text}</div>}
        </div>
      )}
      {attachmentIds.map((attachmentId, index) => (
        <div key={attachmentId}>
          <a href={`/api/v1/attachments/${attachmentId}`} download>
            {texts.attachment(index + 1)}
          </a>
        </div>
      ))}
    </>
  );
}
