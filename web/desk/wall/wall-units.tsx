/** Units as tiles that are read from afar: a word each, those to look at first. */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { wallTexts as texts } from '../../texts/zh-CN/wall.js';
import { BOARD_FILTERS, BOARD_QUESTIONS, type BoardUnit, lastConfirmation, urgency } from '../board-cells.js';
import { usePageTurn } from './page-turn.js';

/** More would be too small to read. The others come in turn. */
const MOST = 36;
const ROW = 3;

type UnitWord = keyof typeof texts.states;

function wordOf(unit: BoardUnit, now: number): UnitWord {
  const first = BOARD_FILTERS.find((filter) => BOARD_QUESTIONS[filter](unit, now));
  if (first !== undefined) return first;
  const confirmation = lastConfirmation(unit);
  if (confirmation === undefined) return 'none';
  return isConfirmed(unit) ? 'confirmed' : 'waiting';
}

const isConfirmed = (unit: BoardUnit): boolean => {
  const status = lastConfirmation(unit)?.status;
  return status === 'acknowledged' || status === 'late';
};

const TONES: Record<UnitWord, string> = {
  unreachable: 'missed',
  late: 'missed',
  missing: 'missed',
  soon: 'soon',
  confirmed: 'done',
  waiting: 'wait',
  none: 'wait',
};

export function WallUnits({ units, now }: { units: readonly BoardUnit[]; now: number }): ReactNode {
  const inOrder = useMemo(() => [...units].sort((one, other) => urgency(one, now) - urgency(other, now)), [units, now]);
  const count = (filter: 'unreachable' | 'late' | 'missing') =>
    units.filter((unit) => BOARD_QUESTIONS[filter](unit, now)).length;
  const { counts } = texts;
  const section = useRef<HTMLElement>(null);
  const { page, pages, shown } = usePageTurn(inOrder, useFitting(section));
  return (
    <section className="wall-units" aria-labelledby="wall-units" ref={section}>
      <h2 id="wall-units">{texts.units(page, pages)}</h2>
      <dl className="wall-counts">
        <Count name={counts.confirmed} value={`${units.filter(isConfirmed).length}/${units.length}`} />
        <Count name={counts.unreachable} value={count('unreachable')} isBad />
        <Count name={counts.late} value={count('late')} isBad />
        <Count name={counts.missing} value={count('missing')} isBad />
      </dl>
      <ul className="wall-tiles">
        {shown.map((unit) => {
          const word = wordOf(unit, now);
          return (
            <li key={unit.unitId} className={TONES[word]}>
              <span>{unit.name}</span> <strong>{texts.states[word]}</strong>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** As many units as have room above the foot of the screen: long names take several lines, and none is cut. */
function useFitting(section: RefObject<HTMLElement | null>): number {
  const [most, setMost] = useState(MOST);
  useEffect(() => {
    const anew = () => setMost(MOST);
    addEventListener('resize', anew);
    return () => removeEventListener('resize', anew);
  }, []);
  // After every change of what is shown.
  useLayoutEffect(() => {
    const body = section.current?.parentElement;
    const foot = body?.parentElement?.querySelector<HTMLElement>('.wall-foot');
    // One below the other, the page is scrolled.
    if (!section.current || !body || !foot || !matchMedia('(min-width: 1001px)').matches) return;
    const room = innerHeight - foot.offsetHeight - Number.parseFloat(getComputedStyle(body).paddingBottom);
    if (most > ROW && section.current.getBoundingClientRect().bottom + scrollY > room) setMost(most - ROW);
  });
  return most;
}

const Count = ({ name, value, isBad = false }: { name: string; value: number | string; isBad?: boolean }) => (
  <div className={isBad && value !== 0 ? 'bad-words' : undefined}>
    <dt>{name}</dt>
    <dd className="number">{value}</dd>
  </div>
);
