/** Who is on duty in each unit on each day, gaps first; substitutions, and the lists as files. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api } from '../../shared/api.js';
import { beijingDay, dateInWords } from '../../shared/beijing.js';
import { useNow } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { rosterTexts as texts } from '../../texts/zh-CN/roster.js';
import { daysFrom, dutyOn, gapsToCome, type HolderRoster, nextDay } from '../roster/duty-days.js';
import { HolderPanel } from '../roster/holder-panel.js';
import '../roster/roster.css';

const route = getRouteApi('/roster');
const WEEK = 7;
const MINUTE = 60_000;

export function DutyRosterPage(): ReactNode {
  usePageTitle(texts.title);
  const now = useNow(MINUTE);
  const today = beijingDay(now);
  const { from = today, unit } = route.useSearch();
  const query = useQuery({
    queryKey: ['roster', from],
    queryFn: () => answered(api.GET('/api/v1/roster', { params: { query: { from, until: nextDay(from, WEEK - 1) } } })),
  });
  const opened = query.data?.items.find(({ unitId }) => unitId === unit);
  return (
    <>
      <header className="page-head">
        <h1>{texts.title}</h1>
        <nav className="tiles not-printed" aria-label={texts.title}>
          <Week from={nextDay(from, -WEEK)}>{texts.earlier}</Week>
          <Week from={undefined}>{texts.thisWeek}</Week>
          <Week from={nextDay(from, WEEK)}>{texts.later}</Week>
        </nav>
      </header>
      <p className="muted">
        {texts.hint} <Link to="/admin/import">{texts.byTable}</Link>
      </p>
      <div className={opened ? 'roster-page open' : 'roster-page'}>
        <Queried query={query}>
          {({ items }) => <RosterTable rosters={items} days={daysFrom(from, WEEK)} now={now} opened={unit} />}
        </Queried>
        {opened && <HolderPanel key={opened.unitId} roster={opened} now={now} onChange={() => void query.refetch()} />}
      </div>
    </>
  );
}

const Week = ({ from, children }: { from: string | undefined; children: ReactNode }) => (
  <Link from="/roster" search={(before) => ({ ...before, from })} className="tile" activeProps={{}}>
    {children}
  </Link>
);

interface RosterTableProps {
  rosters: readonly HolderRoster[];
  days: readonly string[];
  now: number;
  opened: string | undefined;
}

function RosterTable({ rosters, days, now, opened }: RosterTableProps) {
  const withGaps = rosters.filter((one) => gapsToCome(one, now).length > 0);
  const ordered = [...withGaps, ...rosters.filter((one) => !withGaps.includes(one))];
  return (
    <div className="roster-table">
      <p className={withGaps.length > 0 ? 'notice warn' : 'notice good'} role="status">
        {texts.summary(withGaps.length, rosters.length)}
      </p>
      <div className="scroller">
        <table className="list roster">
          <caption className="hidden-visually">{texts.caption}</caption>
          <thead>
            <tr>
              <th scope="col">{texts.unit}</th>
              {days.map((day) => (
                <th key={day} scope="col">
                  {dateInWords(day, now)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ordered.map((roster) => (
              <tr key={roster.unitId} className={roster.unitId === opened ? 'open' : undefined}>
                <th scope="row">
                  <Link
                    from="/roster"
                    search={(before) => ({ ...before, unit: roster.unitId })}
                    className="row-link"
                    activeProps={{}}
                  >
                    {roster.name}
                  </Link>
                </th>
                {days.map((day) => (
                  <td key={day}>
                    {dutyOn(day, roster, now).map(({ key, kind, words }) => (
                      <div key={key} className={`duty-line ${kind}`}>
                        {words}
                      </div>
                    ))}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
