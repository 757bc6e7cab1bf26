/** What the office changed since the draft, line by line; what is the same is left out. */
import type { ReactNode } from 'react';
import { issuingTexts } from '../../texts/zh-CN/issuing.js';
import { lineChanges } from './line-changes.js';

const texts = issuingTexts;
const MARKS = { added: texts.added, removed: texts.removed };

export function LineChanges(props: { before: string; after: string; onReset: () => void }): ReactNode {
  const changes = lineChanges(props.before, props.after).flatMap(({ kind, line }, place) =>
    kind === 'same' || line.trim() === '' ? [] : [{ place, kind, line }],
  );
  return (
    <section aria-labelledby="changes">
      <h3 id="changes">{texts.changes}</h3>
      {changes.length === 0 ? (
        <p className="muted">{texts.unchanged}</p>
      ) : (
        <>
          <ul className="line-changes">
            {changes.map(({ place, kind, line }) => (
              <li key={place} className={kind}>
                <span className="mark">{MARKS[kind]}</span> {kind === 'added' ? <ins>{line}</ins> : <del>{line}</del>}
              </li>
            ))}
          </ul>
          <button type="button" className="link-button" onClick={props.onReset}>
            {texts.reset}
          </button>
        </>
      )}
    </section>
  );
}
