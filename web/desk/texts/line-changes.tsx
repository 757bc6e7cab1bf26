/** What the office changed since the draft, line by line; what is the same is left out. */
import { diffArrays } from 'diff';
import type { ReactNode } from 'react';
import { issuingTexts } from '../../texts/zh-CN/issuing.js';

const texts = issuingTexts;
const MARKS = { added: texts.added, removed: texts.removed };

export function LineChanges(props: { before: string; after: string; onReset: () => void }): ReactNode {
  const changes = diffArrays(props.before.split('\n'), props.after.split('\n'))
    .filter(({ added, removed }) => added || removed)
    .flatMap(({ added, value }) =>
      value.map((line) => ({ kind: added ? ('added' as const) : ('removed' as const), line })),
    )
    .filter(({ line }) => line.trim() !== '')
    .map((change, place) => ({ ...change, place }));
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
