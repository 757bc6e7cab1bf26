/** What the office changed in a text, line by line; what is the same is left out. */
import { diffArrays } from 'diff';
import type { ReactNode } from 'react';
import { deskTexts } from '../texts/zh-CN/desk.js';

const texts = deskTexts.lineChanges;

export interface LineChangesProps {
  /** What the text began as: the program's draft, or what has gone out before. */
  since: keyof typeof texts.since;
  before: string;
  after: string;
  onReset: () => void;
}

export function LineChanges(props: LineChangesProps): ReactNode {
  const words = texts.since[props.since];
  const changes = diffArrays(props.before.split('\n'), props.after.split('\n'))
    .filter(({ added, removed }) => added || removed)
    .flatMap(({ added, value }) =>
      value.map((line) => ({ kind: added ? ('added' as const) : ('removed' as const), line })),
    )
    .filter(({ line }) => line.trim() !== '')
    .map((change, place) => ({ ...change, place }));
  return (
    <section aria-labelledby="changes">
      <h3 id="changes">{words.title}</h3>
      {changes.length === 0 ? (
        <p className="muted">{words.none}</p>
      ) : (
        <>
          <ul className="line-changes">
            {changes.map(({ place, kind, line }) => (
              <li key={place} className={kind}>
                <span className="mark">{texts.marks[kind]}</span>{' '}
                {kind === 'added' ? <ins>{line}</ins> : <del>{line}</del>}
              </li>
            ))}
          </ul>
          <button type="button" className="link-button" onClick={props.onReset}>
            {words.reset}
          </button>
        </>
      )}
    </section>
  );
}
