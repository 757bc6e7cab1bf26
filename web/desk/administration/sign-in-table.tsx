/** Sign-ins, successful and failed, the newest first. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';

const texts = administrationTexts.account;
const A_PAGE = 20;

export interface SignInsProps {
  /** The account's key, below which these are kept. */
  queryKey: readonly string[];
  read: (page: { limit: number; cursor?: string }) => Promise<Schemas['SignInList']>;
}

export function SignIns({ queryKey, read }: SignInsProps): ReactNode {
  const query = useInfiniteQuery({
    queryKey: [...queryKey, 'sign-ins'],
    queryFn: ({ pageParam: cursor }) => read({ limit: A_PAGE, ...(cursor && { cursor }) }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <section aria-labelledby="sign-ins">
      <h2 id="sign-ins">{texts.signIns}</h2>
      <PagedList query={query} none={texts.signInsNone} more={texts.signInsMore}>
        {(rows) => <SignInTable caption={texts.signIns} rows={rows} />}
      </PagedList>
    </section>
  );
}

type Row = Schemas['SignInRecord'] & Partial<Schemas['SignInOfAccount']>;

/** Rows of several accounts say whose they are. */
export function SignInTable({ caption, rows }: { caption: string; rows: readonly Row[] }): ReactNode {
  const { at, ...others } = texts.signInColumns;
  const isOfAll = rows.some(({ accountId }) => accountId !== undefined);
  const heads = [at, ...(isOfAll ? [administrationTexts.signIns.account] : []), ...Object.values(others)];
  return (
    <ListTable caption={caption} heads={heads}>
      {rows.map(({ accountId, username, name, ...row }) => (
        <tr key={`${row.at} ${accountId} ${row.outcome} ${row.address}`}>
          <td>
            <Timestamp at={row.at} />
          </td>
          {accountId !== undefined && (
            <td>
              <Link to="/admin/accounts/$accountId" params={{ accountId }}>
                {name}
              </Link>{' '}
              <span className="muted">{username}</span>
            </td>
          )}
          <td>
            <Chip tone={row.outcome === 'succeeded' ? 'good' : 'bad'}>{texts.outcomes[row.outcome]}</Chip>
          </td>
          <td>{texts.ways[row.way]}</td>
          <td>{row.device}</td>
          <td className="number">{row.address}</td>
        </tr>
      ))}
    </ListTable>
  );
}
