/** What the office has decided, beside what was shipped. It is read here, and changed in the edition's files. */
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { policyTexts as texts } from '../../texts/zh-CN/policy.js';
import { ListTable } from '../list-table.js';
import { usePolicy } from '../notices/policy-words.js';
import { PolicyValue } from '../plan/policy-value.js';
import { EXACT } from '../search-words.js';
import '../plan/plan.css';

const route = getRouteApi('/admin/policy');

type PolicyItem = Schemas['PolicyValues']['items'][number];

export function PolicyPage(): ReactNode {
  usePageTitle(texts.title);
  const { only } = route.useSearch();
  const query = usePolicy();
  return (
    <div className="reading">
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <Queried query={query}>
        {({ items }) => {
          const changed = items.filter(({ isChanged }) => isChanged);
          const isShipped = items.some(({ shipped }) => shipped !== undefined);
          return (
            <>
              <p className={changed.length > 0 ? 'notice warn' : 'notice'}>
                {isShipped ? texts.changed(changed.length) : texts.ownEdition}
              </p>
              <nav className="tiles" aria-label={texts.title}>
                {([undefined, 'changed'] as const).map((wanted) => (
                  <Link
                    key={wanted ?? 'all'}
                    from="/admin/policy"
                    search={{ only: wanted }}
                    className="tile"
                    activeProps={{}}
                    activeOptions={EXACT}
                  >
                    {texts.only[wanted ?? 'all']}
                  </Link>
                ))}
              </nav>
              <PolicyTable items={only === 'changed' ? changed : items} />
            </>
          );
        }}
      </Queried>
    </div>
  );
}

function PolicyTable({ items }: { items: readonly PolicyItem[] }) {
  if (items.length === 0) return <Empty>{texts.none}</Empty>;
  return (
    <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
      {items.map(({ name, label, meaning, value, shipped, isChanged, why, clause }) => (
        <tr key={name}>
          <th scope="row" className="policy-name">
            <strong>{label}</strong> {isChanged && <Chip tone="warn">{texts.isChanged}</Chip>}
            <div className="small muted">{meaning}</div>
          </th>
          <td>
            <PolicyValue name={name} value={value} />
            {isChanged && (
              <div className="shipped">
                <span className="muted">{texts.shipped}</span> <PolicyValue name={name} value={shipped} />
              </div>
            )}
          </td>
          <td className="policy-why">{why}</td>
          <td className="clause">{clause && commonTexts.clauseAlone(clause)}</td>
        </tr>
      ))}
    </ListTable>
  );
}
