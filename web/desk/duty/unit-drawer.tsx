/** One unit beside the table: whom to ring, how it stands, what became of its messages. */
import { Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Queried } from '../../shared/states.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { dutyActTexts } from '../../texts/zh-CN/duty-acts.js';
import { unitTexts } from '../../texts/zh-CN/unit.js';
import type { BoardUnit } from '../board-cells.js';
import { deadlineSubject, deadlineTitle } from '../deadline-words.js';
import { usePeople } from '../episode-queries.js';
import { CallDialog } from './call-dialog.js';
import { dutyFirst, People } from './people.js';
import { UnitStanding } from './standing.js';
import { UnitMessages } from './unit-messages.js';
import { UrgeDialog } from './urge-dialog.js';

const texts = dutyTexts.drawer;

export interface UnitDrawerProps {
  episode: Schemas['Episode'];
  unit: BoardUnit;
  now: number;
}

export function UnitDrawer({ episode: { episodeId, drill }, unit, now }: UnitDrawerProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  const people = usePeople(unit.unitId);
  const [open, setOpen] = useState<'call' | 'urge'>();
  const [done, setDone] = useState<string>();
  const navigate = useNavigate({ from: '/duty' });
  useEffect(() => heading.current?.focus(), []);
  const close = () => void navigate({ search: ({ unit: _, ...others }) => others });
  return (
    <aside
      className="panel drawer"
      aria-labelledby="drawer-head"
      onKeyDown={({ key, target, currentTarget }) => {
        if (key === 'Escape' && target instanceof Node && currentTarget.contains(target) && open === undefined) close();
      }}
    >
      <header className="drawer-head">
        <h2 id="drawer-head" tabIndex={-1} ref={heading}>
          {unit.name}
        </h2>
        <Link from="/duty" search={({ unit: _, ...others }) => others} className="button" activeProps={{}}>
          {texts.close}
        </Link>
      </header>
      <Queried query={people}>{(found) => <People {...found} />}</Queried>
      <div className="actions">
        <button
          type="button"
          className="button primary"
          disabled={people.isPending && people.failureCount === 0}
          onClick={() => setOpen('call')}
        >
          {dutyTexts.call.open}
        </button>
        <button type="button" className="button" onClick={() => setOpen('urge')}>
          {dutyActTexts.urge.open}
        </button>
        <Link
          to="/episodes/$episodeId/units/$unitId"
          params={{ episodeId, unitId: unit.unitId }}
          className="button"
          activeProps={{}}
        >
          {unitTexts.open}
        </Link>
      </div>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <UnitStanding unit={unit} now={now} />
      <UrgesSoFar unit={unit} now={now} />
      <UnitMessages episodeId={episodeId} unitId={unit.unitId} drill={drill} now={now} onDone={setDone} />
      {open === 'call' && (
        <CallDialog
          episodeId={episodeId}
          drill={drill}
          unit={unit}
          contacts={people.data ? dutyFirst(people.data) : []}
          onClose={() => setOpen(undefined)}
          onDone={(seq) => {
            setOpen(undefined);
            setDone(dutyTexts.call.done(seq));
          }}
        />
      )}
      {open === 'urge' && (
        <UrgeDialog
          episodeId={episodeId}
          drill={drill}
          unit={unit}
          onClose={() => setOpen(undefined)}
          onDone={(words) => {
            setOpen(undefined);
            setDone(words);
          }}
        />
      )}
    </aside>
  );
}

function UrgesSoFar({ unit: { urges }, now }: { unit: BoardUnit; now: number }) {
  return (
    <ul className="lines">
      {urges.map((one) => (
        <li key={`${one.deadline} ${deadlineSubject(one)}`}>
          {dutyActTexts.urge.before(deadlineTitle(one), one.count, momentInWords(one.lastAt, now))}
        </li>
      ))}
    </ul>
  );
}
