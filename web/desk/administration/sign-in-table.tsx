/** Sign-ins of an account, successful and failed, the newest first. */
import { useInfiniteQuery } from '@tanstack/react-query';
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
        {(rows) => (
          <ListTable caption={texts.signIns} heads={Object.values(texts.signInColumns)}>
            {rows.map(({ at, outcome, way, device, address }) => (
              <tr key={`${at} ${outcome} ${address}`}>
                <td>
                  <Timestamp at={at} />
                </td>
                <td>
                  <Chip tone={outcome === 'succeeded' ? 'good' : 'bad'}>{texts.outcomes[outcome]}</Chip>
                </td>
                <td>{texts.ways[way]}</td>
                <td>{device}</td>
                <td className="number">{address}</td>
              </tr>
            ))}
          </ListTable>
        )}
      </PagedList>
    </section>
  );
}
