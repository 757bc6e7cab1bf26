/** A table of papers in groups: what each is, how it stands, since when, and its files. */
import { Fragment, type ReactNode } from 'react';
import { Chip, type Tone } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { documentTexts } from '../../texts/zh-CN/documents.js';
import { ListTable } from '../list-table.js';

const texts = documentTexts;

export interface PaperFile {
  label: string;
  href: string;
  /** Another page, and no file. */
  isPage?: boolean;
}

export interface PaperRow {
  id: string;
  name: string;
  /** The name as a link to its page. */
  title: ReactNode;
  about?: string | undefined;
  states: ReadonlyArray<{ words: string; tone?: Tone }>;
  at?: string | undefined;
  dueAt?: string | undefined;
  files: readonly PaperFile[];
}

export interface PaperGroup {
  id: string;
  title: string;
  none?: string;
  rows: readonly PaperRow[];
}

const COLUMNS = Object.values(texts.columns);

export const EpisodePapers = ({ groups }: { groups: readonly PaperGroup[] }): ReactNode => (
  <ListTable caption={texts.caption} heads={COLUMNS}>
    {groups.map(({ id, title, none, rows }) => (
      <Fragment key={id}>
        <tr className="group">
          <th scope="rowgroup" colSpan={COLUMNS.length}>
            {title}
          </th>
        </tr>
        {rows.length === 0 && (
          <tr>
            <td className="muted" colSpan={COLUMNS.length}>
              {none}
            </td>
          </tr>
        )}
        {rows.map((row) => (
          <Paper key={row.id} row={row} />
        ))}
      </Fragment>
    ))}
  </ListTable>
);

const Paper = ({ row: { name, title, about, states, at, dueAt, files } }: { row: PaperRow }) => (
  <tr>
    <th scope="row">
      {title}
      {about && <div className="small muted">{about}</div>}
    </th>
    <td>
      <span className="chips">
        {states.map(({ words, tone = 'plain' }) => (
          <Chip key={words} tone={tone}>
            {words}
          </Chip>
        ))}
      </span>
    </td>
    <td className="number">
      {at && <Timestamp at={at} />}
      {dueAt && (
        <>
          {texts.dueAt} <Timestamp at={dueAt} />
        </>
      )}
    </td>
    <td>
      <span className="chips">
        {files.map(({ label, href, isPage = false }) => (
          <a
            key={href}
            href={href}
            aria-label={texts.linkOf(label, name)}
            {...(isPage ? { target: '_blank', rel: 'noreferrer' } : { download: '' })}
          >
            {label}
          </a>
        ))}
      </span>
    </td>
  </tr>
);
