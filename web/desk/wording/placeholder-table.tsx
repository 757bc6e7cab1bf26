/** What a template may name, and an example of each. */
import { Fragment, type ReactNode } from 'react';
import type { Schemas } from '../../shared/api.js';
import { wordingTexts as texts } from '../../texts/zh-CN/wording.js';
import { ListTable } from '../list-table.js';

type Placeholder = Schemas['Messages']['frame']['placeholders'][number];

export const PlaceholderTable = ({ placeholders }: { placeholders: readonly Placeholder[] }): ReactNode => (
  <section>
    <h2>{texts.placeholders}</h2>
    <ListTable caption={texts.placeholders} heads={Object.values(texts.columns)}>
      {placeholders.map(({ name, about, optional, sample, rows = [] }) => (
        <Fragment key={name}>
          <Row
            written={rows.length > 0 ? `{{#${name}}}…{{/${name}}}` : `{{${name}}}`}
            about={about}
            optional={optional}
          >
            {sample}
          </Row>
          {rows.map((row) => (
            <Row
              key={row.name}
              written={`{{${row.name}}}`}
              about={`${texts.each}：${row.about}`}
              optional={row.optional}
            >
              {row.sample}
            </Row>
          ))}
        </Fragment>
      ))}
    </ListTable>
  </section>
);

function Row(props: { written: string; about: string; optional: boolean; children: ReactNode }) {
  const { written, about, optional, children } = props;
  return (
    <tr>
      <th scope="row">
        <code>{written}</code>
      </th>
      <td>
        {about} {optional && <span className="muted">（{texts.optional}）</span>}
      </td>
      <td>{children}</td>
    </tr>
  );
}
