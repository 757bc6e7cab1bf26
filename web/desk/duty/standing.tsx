/** How a unit stands in all that it owes, each in words. */
import { type ReactNode, useMemo } from 'react';
import { momentInWords } from '../../shared/beijing.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { type BoardUnit, boardColumns } from '../board-cells.js';

/** Whom the program tells next, and when, unless the matter is answered before. */
function nextStepInWords({ at, to, deadline }: NonNullable<BoardUnit['nextStep']>, now: number): string {
  return dutyTexts.drawer.nextStep(momentInWords(at, now), dutyTexts.whom[to], episodeTexts.deadlines[deadline]);
}

export function UnitStanding({ unit, now }: { unit: BoardUnit; now: number }): ReactNode {
  const days = unit.dailyReports.map(({ date }) => date).join(' ');
  const columns = useMemo(() => boardColumns(days.split(' ').filter(Boolean), now), [days, now]);
  return (
    <section aria-labelledby="unit-state">
      <h3 id="unit-state">{dutyTexts.drawer.state}</h3>
      <dl className="facts">
        {columns.map(({ key, head, cell }) => {
          const { mark, tone, words } = cell(unit);
          return (
            <div key={key}>
              <dt>{head}</dt>
              <dd className={tone}>
                <span aria-hidden="true">{mark}</span> {words}
              </dd>
            </div>
          );
        })}
        {unit.nextStep && (
          <div>
            <dt>{dutyTexts.drawer.next}</dt>
            <dd>{nextStepInWords(unit.nextStep, now)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
