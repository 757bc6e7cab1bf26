/** Before an episode: whom no message would reach, and hours for which nobody is rostered. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { ListTable } from '../list-table.js';
import { useReadiness } from '../readiness-query.js';
import { EXACT } from '../search-words.js';

const texts = episodeTexts.readiness;
const gapTexts = episodeTexts.gaps;
const route = getRouteApi('/readiness');
const SPANS = [1, 7, 31] as const;
const WEEK = 7;

export function ReadinessPage(): ReactNode {
  usePageTitle(texts.title);
  return (
    <>
      <h1>{texts.title}</h1>
      <Reachability />
      <RosterGaps />
    </>
  );
}

function Reachability() {
  const query = useReadiness();
  return (
    <Queried query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="notice good">{texts.none}</p>
        ) : (
          <>
            <p className="muted">{texts.hint}</p>
            <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
              {items.map(({ unitId, name, reachable, because, contacts }) => (
                <tr key={unitId}>
                  <th scope="row">{name}</th>
                  <td>
                    <Chip tone={reachable ? 'good' : 'bad'}>{reachable ? texts.reachable : texts.unreachable}</Chip>{' '}
                    {because && texts.because[because]}
                  </td>
                  <td>
                    {contacts.map(({ contactId, name: person, role, placeholders }) => (
                      <div key={contactId}>
                        {(placeholders.length > 0 ? texts.waiting : texts.noChannel)(
                          person,
                          dutyTexts.drawer.roles[role],
                        )}
                      </div>
                    ))}
                  </td>
                </tr>
              ))}
            </ListTable>
          </>
        )
      }
    </Queried>
  );
}

function RosterGaps() {
  const { days = WEEK } = route.useSearch();
  const query = useQuery({
    queryKey: ['gaps', String(days)],
    queryFn: () => answered(api.GET('/api/v1/roster/gaps', { params: { query: { days } } })),
  });
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">{gapTexts.title}</h2>
      <nav className="tiles" aria-label={gapTexts.days}>
        {SPANS.map((span) => (
          <Link
            key={span}
            from="/readiness"
            search={{ days: span }}
            className="tile"
            activeProps={{}}
            activeOptions={EXACT}
            aria-current={days === span ? 'true' : undefined}
          >
            {gapTexts.daysOf(span)}
          </Link>
        ))}
      </nav>
      <Queried query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{gapTexts.none(days)}</Empty>
          ) : (
            <>
              <p className="muted">{gapTexts.hint}</p>
              <ListTable caption={gapTexts.caption} heads={Object.values(gapTexts.columns)}>
                {items.map(({ unitId, name, gaps }) => (
                  <tr key={unitId}>
                    <th scope="row">{name}</th>
                    <td>
                      {gaps.map(({ from, until }) => (
                        <div key={from}>{gapTexts.span(momentInWords(from), momentInWords(until))}</div>
                      ))}
                    </td>
                  </tr>
                ))}
              </ListTable>
            </>
          )
        }
      </Queried>
    </section>
  );
}
