/** A plain table of rows, with its caption for whoever listens. */
import type { ReactNode } from 'react';

export interface ListTableProps {
  caption: string;
  heads: readonly string[];
  children: ReactNode;
}

export const ListTable = ({ caption, heads, children }: ListTableProps) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it scrolls, by the keyboard too
  <section className="scroller" aria-label={caption} tabIndex={0}>
    <table className="list">
      <caption className="hidden-visually">{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  </section>
);
