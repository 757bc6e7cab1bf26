/** A list that is read page by page: what has been read, and a button for more. */
import type { ReactNode } from 'react';
import { Empty, Queried, type Reading } from '../shared/states.js';

export interface PagedReading<Row> extends Reading<{ pages: ReadonlyArray<{ items: readonly Row[] }> }> {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

export interface PagedListProps<Row> {
  query: PagedReading<Row>;
  none: string;
  more: string;
  children: (rows: readonly Row[]) => ReactNode;
}

export function PagedList<Row>({ query, none, more, children }: PagedListProps<Row>): ReactNode {
  return (
    <>
      <Queried query={query}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items);
          return rows.length === 0 ? <Empty>{none}</Empty> : children(rows);
        }}
      </Queried>
      {query.hasNextPage && (
        <button
          type="button"
          className="button"
          disabled={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {more}
        </button>
      )}
    </>
  );
}
