/** A table of contacts or duties: what it would change and what is wrong in it, before anything is written. */
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useId, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { FieldFrame, SmallForm, useKeyOf, useSubmission } from '../../shared/forms.js';
import { FaultNotice } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { peopleTexts } from '../../texts/zh-CN/people.js';
import { fileForm } from '../file-form.js';
import { ListTable } from '../list-table.js';
import { useRole } from '../role.js';
import '../administration/administration.css';

const texts = peopleTexts.imports;

type ImportPreview = Schemas['ImportPreview'];

export function ImportPage(): ReactNode {
  usePageTitle(texts.title);
  const isAdministrator = useRole() === 'administrator';
  const [file, setFile] = useState<File>();
  const [preview, setPreview] = useState<ImportPreview>();
  const [done, setDone] = useState<number>();
  const keyOf = useKeyOf();
  const client = useQueryClient();
  const id = useId();
  const uploading = useSubmission(async () => {
    if (!file) return;
    setDone(undefined);
    // A preview holds for half an hour: uploaded again, the same file is looked at anew.
    const header = under(keyOf([file.name, file.size, file.lastModified, preview?.importId]));
    setPreview(await answered(api.POST('/api/v1/roster/imports', { params: { header }, ...fileForm(file) })));
  });
  const confirming = useSubmission(async () => {
    const { importId } = preview!;
    const params = { path: { importId }, header: under(keyOf({ confirm: importId })) };
    const { changes } = await answered(
      api.POST('/api/v1/roster/imports/{importId}/confirmation', { params, body: {} }),
    );
    setDone(changes);
    setPreview(undefined);
    void client.invalidateQueries();
  });
  return (
    <>
      <h1>{texts.title}</h1>
      <p>{texts.how}</p>
      <p className="muted">{isAdministrator ? texts.administrator : texts.office}</p>
      <p className="page-hint">
        <a href="/api/v1/roster.xlsx" download>
          {texts.download}
        </a>
      </p>
      <div className="panel narrow">
        <SmallForm submission={uploading} submit={texts.upload}>
          <FieldFrame id={id} label={texts.file} wrong={uploading.fields.file}>
            <input
              id={id}
              type="file"
              className="input"
              accept=".xlsx,.csv"
              required
              onChange={({ target }) => {
                setFile(target.files?.[0]);
                setPreview(undefined);
              }}
            />
          </FieldFrame>
        </SmallForm>
      </div>
      {done !== undefined && (
        <p className="notice good" role="status">
          {texts.done(done)}{' '}
          {isAdministrator ? (
            <Link to="/admin/contacts">{texts.toContacts}</Link>
          ) : (
            <Link to="/roster">{texts.toRoster}</Link>
          )}
        </p>
      )}
      {preview && <Shown preview={preview} confirming={confirming} />}
    </>
  );
}

interface ShownProps {
  preview: ImportPreview;
  confirming: ReturnType<typeof useSubmission>;
}

function Shown({ preview: { rows, changes, errors, warnings, expiresAt }, confirming }: ShownProps) {
  return (
    <section aria-labelledby="preview">
      <h2 id="preview">{texts.preview}</h2>
      <p role="status">
        {texts.rows(rows, changes.length)} {texts.expires(momentInWords(expiresAt))}
      </p>
      {errors.length > 0 && <Errors errors={errors} />}
      {warnings.length > 0 && (
        <details className="notice warn" open={warnings.length <= FEW}>
          <summary>{texts.warnings(warnings.length)}</summary>
          <ul>
            {warnings.map(({ sheet, unit = '', detail }) => (
              <li key={`${sheet} ${unit} ${detail}`}>
                {unit} {detail}
              </li>
            ))}
          </ul>
        </details>
      )}
      {changes.length === 0 && errors.length === 0 && <p className="notice">{texts.nothing}</p>}
      {changes.length > 0 && <Changes changes={changes} />}
      {changes.length > 0 && errors.length === 0 && (
        <>
          <FaultNotice fault={confirming.fault} />
          <button
            type="button"
            className="button primary"
            disabled={confirming.busy}
            onClick={() => void confirming.run()}
          >
            {texts.confirm(changes.length)}
          </button>
        </>
      )}
    </section>
  );
}

const FEW = 5;

const Errors = ({ errors }: Pick<ImportPreview, 'errors'>) => (
  <section className="notice bad">
    <strong role="alert">{texts.errors(errors.length)}</strong>
    <ListTable caption={texts.errorsCaption} heads={Object.values(texts.errorColumns)}>
      {errors.map(({ sheet, row, column, detail }) => (
        <tr key={`${sheet} ${row} ${column} ${detail}`}>
          <td>{sheet}</td>
          <td className="number">{row}</td>
          <td>{column}</td>
          <td>{detail}</td>
        </tr>
      ))}
    </ListTable>
  </section>
);

const Changes = ({ changes }: Pick<ImportPreview, 'changes'>) => (
  <ListTable caption={texts.changesCaption} heads={Object.values(texts.changeColumns)}>
    {changes.map(({ sheet, unitId, unit, change, text, fields = [] }) => (
      <tr key={`${sheet} ${unitId} ${change} ${text}`}>
        <th scope="row">{unit}</th>
        <td>{texts.changes[change]}</td>
        <td>
          {text}
          {fields.map(({ field, column, from, to }) => (
            <div key={field} className="muted">
              {texts.field(column, from, to)}
            </div>
          ))}
        </td>
      </tr>
    ))}
  </ListTable>
);
