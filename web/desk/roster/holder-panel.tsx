/** One unit beside the roster: who is on duty now, with numbers, and its substitutions. */
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { millisecondsOf, momentInWords } from '../../shared/beijing.js';
import { useKeyOf, useSubmission } from '../../shared/forms.js';
import { Queried } from '../../shared/states.js';
import { rosterTexts } from '../../texts/zh-CN/roster.js';
import { DialogForm } from '../dialog-form.js';
import { People } from '../duty/people.js';
import { usePeople } from '../episode-queries.js';
import { gapsToCome, type HolderRoster } from './duty-days.js';
import { TakeOverDialog } from './take-over-dialog.js';
import '../duty/duty.css';

const texts = rosterTexts.panel;

type Override = HolderRoster['overrides'][number];

export interface HolderPanelProps {
  roster: HolderRoster;
  now: number;
  onChange: () => void;
}

export function HolderPanel({ roster, now, onChange }: HolderPanelProps): ReactNode {
  const { unitId, name, overrides } = roster;
  const heading = useRef<HTMLHeadingElement>(null);
  const client = useQueryClient();
  const people = usePeople(unitId);
  const [open, setOpen] = useState<'take' | Override>();
  const [done, setDone] = useState<string>();
  useEffect(() => heading.current?.focus(), []);
  const finish = (words: string) => {
    setOpen(undefined);
    setDone(words);
    onChange();
    void client.invalidateQueries({ queryKey: ['people', unitId] });
  };
  const gaps = gapsToCome(roster, now);
  return (
    <aside className="panel drawer" aria-labelledby="holder">
      <header className="drawer-head">
        <h2 id="holder" tabIndex={-1} ref={heading}>
          {name}
        </h2>
        <Link from="/roster" search={({ unit: _, ...others }) => others} className="button" activeProps={{}}>
          {texts.close}
        </Link>
      </header>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <Queried query={people}>{(found) => <People {...found} />}</Queried>
      <div className="actions">
        <button type="button" className="button primary" disabled={!people.data} onClick={() => setOpen('take')}>
          {texts.take}
        </button>
      </div>
      {gaps.length > 0 && (
        <>
          <h3>{texts.gaps}</h3>
          <ul className="lines">
            {gaps.map(({ from, until }) => (
              <li key={from} className="number">
                {momentInWords(from, now)} — {momentInWords(until, now)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h3>{texts.overrides}</h3>
      {overrides.length === 0 && <p className="muted">{texts.none}</p>}
      <ul className="lines">
        {overrides.map((one) => (
          <li key={one.overrideId}>
            {texts.override(nameIn(one), momentInWords(one.from, now), momentInWords(one.until, now))}
            {one.reason !== undefined && texts.reason(one.reason)}{' '}
            {one.cancelledAt !== undefined && <span className="muted">{texts.cancelled}</span>}
            {one.cancelledAt === undefined && millisecondsOf(one.until) > now && (
              <button
                type="button"
                className="link-button"
                aria-label={texts.cancelOf(nameIn(one))}
                onClick={() => setOpen(one)}
              >
                {texts.cancel}
              </button>
            )}
          </li>
        ))}
      </ul>
      {open === 'take' && people.data && (
        <TakeOverDialog
          unit={{ unitId, name }}
          contacts={people.data.contacts}
          onClose={() => setOpen(undefined)}
          onDone={() => finish(texts.done)}
        />
      )}
      {typeof open === 'object' && (
        <CancelDialog
          override={open}
          name={name}
          onClose={() => setOpen(undefined)}
          onDone={() => finish(texts.cancelDone)}
        />
      )}
    </aside>
  );
}

const nameIn = ({ name }: Override): string => name ?? rosterTexts.nobody;

interface CancelDialogProps {
  override: Override;
  name: string;
  onClose: () => void;
  onDone: () => void;
}

function CancelDialog({ override, name, onClose, onDone }: CancelDialogProps) {
  const { unitId, overrideId } = override;
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    await answered(
      api.POST('/api/v1/units/{unitId}/roster/overrides/{overrideId}/cancellation', {
        params: { path: { unitId, overrideId }, header: under(keyOf(overrideId)) },
        body: {},
      }),
    );
    onDone();
  });
  return (
    <DialogForm
      title={texts.cancelOf(nameIn(override))}
      submission={submission}
      submit={texts.cancel}
      tone="danger"
      onClose={onClose}
    >
      <p>{texts.cancelWhat(nameIn(override), name)}</p>
    </DialogForm>
  );
}
