/**
 * Units against what they owe, as a plain table: one character, a shape and a tint a cell, with its words for whoever
 * points at it, focuses it or listens. Nothing moves under pointer or focus: the order waits until both have left the table
 * and the line above it.
 */
import { type KeyboardEvent, memo, type ReactNode, useMemo, useRef, useState } from 'react';
import { deskTexts } from '../texts/zh-CN/desk.js';

export type CellTone = 'done' | 'late' | 'missed' | 'wait' | 'soon' | 'none' | 'text';

export interface MatrixCell {
  /** One character. */
  mark: string;
  tone: CellTone;
  /** What it means, whole. */
  words: string;
  /** Beside the character, such as a time. */
  beside?: string;
}

export interface MatrixColumn<Row> {
  key: string;
  head: string;
  cell: (row: Row) => MatrixCell;
}

export interface MatrixProps<Row> {
  caption: string;
  rowsLabel: string;
  rows: readonly Row[];
  /** The same array as long as nothing in it changes: rows are drawn anew when it does. */
  columns: ReadonlyArray<MatrixColumn<Row>>;
  keyOf: (row: Row) => string;
  /** The head of a row: a link with the class `row-link`. */
  headOf: (row: Row) => ReactNode;
  nameOf: (row: Row) => string;
  /** Lower comes first; equal ones keep their order. */
  rank: (row: Row) => number;
  /** The key of the row that is open beside the table. */
  openKey?: string | undefined;
}

export function Matrix<Row>(props: MatrixProps<Row>) {
  const { caption, rowsLabel, rows, columns, keyOf, headOf, nameOf, rank, openKey } = props;
  const [isInside, setInside] = useState(false);
  const [words, setWords] = useState('');
  const { ordered, waiting, reorder } = useSteadyOrder(rows, keyOf, rank, isInside);
  return (
    <section
      className="matrix-frame"
      aria-label={caption}
      onPointerEnter={() => setInside(true)}
      onPointerLeave={({ currentTarget }) => setInside(currentTarget.contains(document.activeElement))}
      onFocus={({ target }) => {
        setInside(true);
        setWords(wordsAt(target));
      }}
      onBlur={({ currentTarget, relatedTarget }) =>
        setInside(currentTarget.contains(relatedTarget) || currentTarget.matches(':hover'))
      }
      onPointerOver={({ target }) => setWords(wordsAt(target))}
    >
      <p className="matrix-words" aria-hidden="true">
        {isInside && words}
      </p>
      {waiting > 0 && (
        <p className="matrix-waiting not-printed">
          {deskTexts.board.changed(waiting)}{' '}
          <button type="button" className="link-button" onClick={reorder}>
            {deskTexts.board.reorder}
          </button>
        </p>
      )}
      <table className="matrix" onKeyDown={moveByArrow}>
        <caption className="hidden-visually">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{rowsLabel}</th>
            {columns.map(({ key, head }) => (
              <th key={key} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ordered.map((row, index) => (
            <MatrixRow
              key={keyOf(row)}
              row={row}
              columns={columns as ReadonlyArray<MatrixColumn<unknown>>}
              headOf={headOf as (row: unknown) => ReactNode}
              name={nameOf(row)}
              isFirst={index === 0}
              isOpen={keyOf(row) === openKey}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface MatrixRowProps {
  row: unknown;
  columns: ReadonlyArray<MatrixColumn<unknown>>;
  headOf: (row: unknown) => ReactNode;
  name: string;
  isFirst: boolean;
  isOpen: boolean;
}

const MatrixRow = memo(function MatrixRow({ row, columns, headOf, name, isFirst, isOpen }: MatrixRowProps) {
  return (
    <tr className={isOpen ? 'open' : undefined}>
      <th scope="row" title={name}>
        <span className="row-head">{headOf(row)}</span>
      </th>
      {columns.map(({ key, head, cell }, index) => (
        <Cell key={key} {...cell(row)} label={`${name} · ${head}`} isStop={isFirst && index === 0} />
      ))}
    </tr>
  );
});

interface CellProps extends MatrixCell {
  label: string;
  isStop: boolean;
}

/** Drawn anew when it says something else: each minute every row is looked through, and few of its cells change. */
const Cell = memo(function Cell({ mark, tone, words, beside, label, isStop }: CellProps) {
  return (
    <td className={tone} tabIndex={isStop ? 0 : -1} data-words={`${label}：${words}`} aria-label={words}>
      <span className="mark">{mark}</span>
      {beside !== undefined && <span className="beside number">{beside}</span>}
    </td>
  );
});

const wordsAt = (target: EventTarget): string =>
  (target instanceof Element && target.closest<HTMLElement>('[data-words]')?.dataset.words) || '';

/** Rows by rank. While somebody is inside, the order of before, with the number of rows whose rank has changed since. */
function useSteadyOrder<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  rank: (row: Row) => number,
  isInside: boolean,
) {
  const wanted = useMemo(() => [...rows].sort((one, other) => rank(one) - rank(other)), [rows, rank]);
  const kept = useRef(new Map<string, number>());
  const [, redraw] = useState(0);
  const ranks = new Map(wanted.map((row) => [keyOf(row), rank(row)]));
  const isSame = kept.current.size === ranks.size && [...ranks.keys()].every((key) => kept.current.has(key));
  if (!isInside || !isSame) kept.current = ranks;
  const order = [...kept.current.keys()];
  const byKey = new Map(wanted.map((row) => [keyOf(row), row]));
  const wouldMove = [...ranks.keys()].some((key, index) => key !== order[index]);
  return {
    ordered: order.map((key) => byKey.get(key)!),
    waiting: wouldMove ? order.filter((key) => ranks.get(key) !== kept.current.get(key)).length : 0,
    reorder: () => {
      kept.current = ranks;
      redraw((count) => count + 1);
    },
  };
}

const STEPS: Record<string, readonly [rows: number, cells: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Moves the focus by a cell. The one that has it is the only one that Tab comes back to. */
function moveByArrow(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key];
  const cell = event.target instanceof Element && event.target.closest<HTMLTableCellElement>('td, th');
  if (!step || !cell || !(cell.parentElement instanceof HTMLTableRowElement)) return;
  const table = event.currentTarget;
  const next = table.rows[cell.parentElement.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]];
  const target = next?.querySelector<HTMLElement>('a, button') ?? next;
  if (!target || next?.parentElement?.parentElement?.tagName === 'THEAD') return;
  event.preventDefault();
  for (const stop of table.querySelectorAll<HTMLElement>('[tabindex="0"]')) stop.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}
