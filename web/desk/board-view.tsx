/** The units of an episode against what they owe, under the tiles that filter them. */
import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { momentInWords } from '../shared/beijing.js';
import { type EpisodeClockFace, nowOnClock, useNow } from '../shared/clock.js';
import { Empty } from '../shared/states.js';
import { deskTexts } from '../texts/zh-CN/desk.js';
import {
  BOARD_FILTERS,
  BOARD_QUESTIONS,
  type BoardFilter,
  type BoardUnit,
  boardColumns,
  lastConfirmation,
  reportedDays,
  urgency,
} from './board-cells.js';
import { Matrix } from './matrix.js';
import { EXACT } from './search-words.js';

const texts = deskTexts.board;
const DAYS_AT_FIRST = 7;
const MINUTE = 60_000;

/** Episode time by the minute: cells say hours and minutes, and every row is drawn anew when it changes. */
export const useBoardClock = (clock: EpisodeClockFace): number =>
  Math.floor(nowOnClock(clock, useNow(MINUTE / 4)) / MINUTE) * MINUTE;

export interface UnitsBoardProps {
  units: readonly BoardUnit[];
  now: number;
  show: BoardFilter | undefined;
  /** The head of a row. The same function each time: rows are drawn anew when it is not. */
  headOf: (unit: BoardUnit) => ReactNode;
  openUnit?: string | undefined;
}

export function UnitsBoard({ units, now, show, headOf, openUnit }: UnitsBoardProps) {
  const [allDays, setAllDays] = useState(false);
  const days = useMemo(() => reportedDays(units), [units]);
  const shown = allDays ? days.length : DAYS_AT_FIRST;
  const shownDays = days.slice(-shown).join(' ');
  const columns = useMemo(() => boardColumns(shownDays.split(' ').filter(Boolean), now), [shownDays, now]);
  const rank = useCallback((unit: BoardUnit) => urgency(unit, now), [now]);
  const rows = useMemo(
    () => (show === undefined ? units : units.filter((unit) => BOARD_QUESTIONS[show](unit, now))),
    [units, show, now],
  );
  return (
    <>
      <BoardTiles units={units} now={now} show={show} />
      {days.length > shown && (
        <button type="button" className="button not-printed" onClick={() => setAllDays(true)}>
          {texts.olderDays(days.length - shown)}
        </button>
      )}
      {rows.length === 0 ? (
        <Empty>{units.length === 0 ? texts.noUnits : texts.noneMatch}</Empty>
      ) : (
        <Matrix
          caption={texts.caption}
          rowsLabel={texts.columns.unit}
          rows={rows}
          columns={columns}
          keyOf={unitIdOf}
          headOf={headOf}
          nameOf={nameOf}
          rank={rank}
          openKey={openUnit}
        />
      )}
    </>
  );
}

const unitIdOf = ({ unitId }: BoardUnit): string => unitId;
const nameOf = ({ name }: BoardUnit): string => name;

/** Each counts, and is a filter; the one in use is in the address. */
function BoardTiles({ units, now, show }: Pick<UnitsBoardProps, 'units' | 'now' | 'show'>) {
  const counts = BOARD_FILTERS.map((filter) => ({
    filter,
    count: units.filter((unit) => BOARD_QUESTIONS[filter](unit, now)).length,
  }));
  if (show === undefined && counts.every(({ count }) => count === 0))
    return <p className="notice good">{confirmedInWords(units, now)}</p>;
  return (
    <nav className="tiles not-printed" aria-label={texts.tiles.label}>
      {counts.map(({ filter, count }) => (
        <Link
          key={filter}
          to="."
          search={(before) => ({ ...before, show: show === filter ? undefined : filter })}
          className={count > 0 ? 'tile some' : 'tile'}
          activeProps={NOTHING}
          activeOptions={EXACT}
          aria-current={show === filter ? 'true' : undefined}
        >
          <span>{texts.tiles[filter]}</span> <strong className="number">{count}</strong>
        </Link>
      ))}
      {show !== undefined && (
        <Link
          to="."
          search={(before) => ({ ...before, show: undefined })}
          className="tile"
          activeProps={NOTHING}
          activeOptions={EXACT}
        >
          {texts.tiles.all} <strong className="number">{units.length}</strong>
        </Link>
      )}
    </nav>
  );
}

/** Nothing is late: then all have confirmed, or some still have time to. */
function confirmedInWords(units: readonly BoardUnit[], now: number): string {
  const last = units.map(lastConfirmation);
  const open = last.filter((one) => one?.status === 'pending');
  const at = last.flatMap((one) => one?.acknowledgedAt ?? []).sort();
  if (open.length > 0 || at.length === 0) return texts.toConfirm(open.length);
  return texts.allConfirmed(units.length, momentInWords(at[at.length - 1]!, now));
}

/** The router marks links to the page itself; here the filter does. */
const NOTHING = {};
