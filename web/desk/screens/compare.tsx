/** Two episodes side by side. */
import { useQueries } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { millisecondsOf } from '../../shared/beijing.js';
import { DrillMark, LevelChip } from '../../shared/chips.js';
import { lengthInWords, Timestamp } from '../../shared/clock.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { auditTexts } from '../../texts/zh-CN/audit.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { answersTo, taskSumOf, unitsInBoth } from '../audit/measures.js';
import { nameOfEpisode } from '../episode-cells.js';
import { EpisodeChoices } from '../episode-choices.js';
import { accountabilityQuery, boardQuery, episodeQuery } from '../episode-queries.js';
import { ListTable } from '../list-table.js';
import { PrintStamp } from '../print-stamp.js';

const texts = auditTexts.compare;
const route = getRouteApi('/audit/compare');

interface Side {
  episode: Schemas['Episode'];
  board: Schemas['Board'];
  accountability: Schemas['Accountability'];
}

export function ComparePage(): ReactNode {
  usePageTitle(texts.title);
  const { one, other } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <>
      <h1>{texts.title}</h1>
      <PrintStamp drill={false} />
      <form className="filters not-printed" aria-label={texts.title}>
        <EpisodeChoices
          none={texts.choose}
          fields={[
            {
              label: texts.one,
              value: one,
              onChoice: (chosen) => void navigate({ search: { one: chosen, other }, replace: true }),
            },
            {
              label: texts.other,
              value: other,
              onChoice: (chosen) => void navigate({ search: { one, other: chosen }, replace: true }),
            },
          ]}
        />
      </form>
      {one && other ? <Both one={one} other={other} /> : <Empty>{texts.hint}</Empty>}
    </>
  );
}

const nameOf = (episode: Schemas['Episode']): string =>
  `${episode.drill ? commonTexts.drillMark : ''}${nameOfEpisode(episode)}`;

function Both({ one, other }: { one: string; other: string }) {
  const [first, second] = [useSide(one), useSide(other)];
  return (
    <Queried query={first}>
      {(left) => <Queried query={second}>{(right) => <Comparison sides={[left, right]} />}</Queried>}
    </Queried>
  );
}

/** An episode with its board and its breaches: there when all three are. */
function useSide(episodeId: string) {
  const [episode, board, accountability] = useQueries({
    queries: [episodeQuery(episodeId), boardQuery(episodeId), accountabilityQuery(episodeId)],
  });
  const all = [episode, board, accountability];
  const data: Side | undefined = episode.data &&
    board.data &&
    accountability.data && { episode: episode.data, board: board.data, accountability: accountability.data };
  return {
    data,
    error: all.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => Promise.all(all.map(({ refetch }) => refetch())),
  };
}

const { deadlines } = episodeTexts;
const ANSWERS = ['acknowledgement', 'lifting', 'implementation', 'report', 'summary'] as const;

/** A row of the comparison: its name, and what each episode has in it. */
const ROWS: ReadonlyArray<readonly [name: string, of: (side: Side) => ReactNode]> = [
  [texts.level, ({ episode }) => <LevelChip level={episode.warningLevel} />],
  [texts.phase, ({ episode }) => commonTexts.phases[episode.phase]],
  [texts.started, ({ episode }) => <Timestamp at={episode.startedAt} />],
  [
    texts.lasting,
    ({ episode: { startedAt, liftedAt, episodeTime } }) =>
      lengthInWords(millisecondsOf(liftedAt ?? episodeTime) - millisecondsOf(startedAt)),
  ],
  [texts.units, ({ episode }) => episode.unitCount],
  ...ANSWERS.map(
    (name) =>
      [
        deadlines[name],
        ({ board }: Side) => {
          const { onTime, late, missed } = answersTo(board.units, name);
          return texts.counts(onTime, late, missed);
        },
      ] as const,
  ),
  [
    texts.tasks,
    ({ board }) => {
      const { done, total } = taskSumOf(board.units);
      return `${done}/${total}`;
    },
  ],
  [
    texts.referrals,
    ({ accountability }) => accountability.items.reduce((sum, { referrals }) => sum + referrals.length, 0),
  ],
];

function Comparison({ sides }: { sides: readonly [Side, Side] }) {
  const heads = sides.map(({ episode }, place) => `${place === 0 ? texts.one : texts.other}：${nameOf(episode)}`);
  const units = unitsInBoth(sides.map(({ accountability }) => accountability));
  return (
    <>
      <p>
        <DrillMark drill={sides.some(({ episode }) => episode.drill)} />
      </p>
      <ListTable caption={texts.caption} heads={[texts.measure, ...heads]}>
        {ROWS.map(([name, of]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="number">{of(sides[0])}</td>
            <td className="number">{of(sides[1])}</td>
          </tr>
        ))}
      </ListTable>
      <h2>{texts.byUnit}</h2>
      {units.length === 0 ? (
        <Empty>{texts.noneLate}</Empty>
      ) : (
        <ListTable caption={texts.unitCaption} heads={[texts.unit, ...heads]}>
          {units.map(({ unitId, name, pair: [left, right] }) => (
            <tr key={unitId}>
              <th scope="row">
                <Link to="/audit/units/$unitId" params={{ unitId }}>
                  {name}
                </Link>
              </th>
              <BreachCell of={left} />
              <BreachCell of={right} />
            </tr>
          ))}
        </ListTable>
      )}
    </>
  );
}

const BreachCell = ({ of }: { of: { late: number; missed: number } | undefined }) => (
  <td className={of && of.missed > 0 ? 'bad-words' : undefined}>
    {of ? texts.breaches(of.late, of.missed) : <span className="muted">{texts.absent}</span>}
  </td>
);
