/** Units as tiles that are read from afar: a word each, those to look at first. */
import { type ReactNode, useMemo } from 'react';
import { wallTexts as texts } from '../../texts/zh-CN/wall.js';
import { BOARD_FILTERS, BOARD_QUESTIONS, type BoardUnit, lastConfirmation, urgency } from '../board-cells.js';

/** More would be too small to read. The others are counted. */
const MOST = 36;

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
  return (
    <section className="wall-units" aria-labelledby="wall-units">
      <h2 id="wall-units">{texts.units}</h2>
      <dl className="wall-counts">
        <Count name={counts.confirmed} value={`${units.filter(isConfirmed).length}/${units.length}`} />
        <Count name={counts.unreachable} value={count('unreachable')} isBad />
        <Count name={counts.late} value={count('late')} isBad />
        <Count name={counts.missing} value={count('missing')} isBad />
      </dl>
      <ul className="wall-tiles">
        {inOrder.slice(0, MOST).map((unit) => {
          const word = wordOf(unit, now);
          return (
            <li key={unit.unitId} className={TONES[word]}>
              <span>{unit.name}</span> <strong>{texts.states[word]}</strong>
            </li>
          );
        })}
      </ul>
      {units.length > MOST && <p>{texts.others(units.length - MOST)}</p>}
    </section>
  );
}

const Count = ({ name, value, isBad = false }: { name: string; value: number | string; isBad?: boolean }) => (
  <div className={isBad && value !== 0 ? 'bad-words' : undefined}>
    <dt>{name}</dt>
    <dd className="number">{value}</dd>
  </div>
);
