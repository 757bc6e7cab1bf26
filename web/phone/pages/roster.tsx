/** Who is on duty now and in the coming days, and a substitution. */
import { useState } from 'react';
import { answered, api, newKey, type Schemas, under } from '../../shared/api.js';
import { dateInWords, fromWallTime, momentInWords, timeWithSeconds, wallTimeOf } from '../../shared/beijing.js';
import { SelectField, SmallForm, TextField, useSubmission } from '../../shared/forms.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { useCurrentWork } from '../current.js';
import { dropDraft, useDraft } from '../drafts.js';
import { PhoneFrame, Unread } from '../frame.js';
import { usePhoneRead } from '../reads.js';

const texts = phoneTexts.roster;
const HOURS_OF_A_SWAP = 12;

export function RosterPage() {
  const work = useCurrentWork();
  const path = { unitId: work.unitId };
  const roster = usePhoneRead('roster', () => answered(api.GET('/api/v1/units/{unitId}/roster', { params: { path } })));
  const people = usePhoneRead('people', () =>
    answered(api.GET('/api/v1/units/{unitId}/contacts', { params: { path } })),
  );
  return (
    <PhoneFrame title={texts.title} work={work}>
      {!roster.data && <Unread reading={roster} />}
      {roster.data && (
        <>
          <OnDuty roster={roster.data} people={people.data?.contacts ?? []} />
          <Days roster={roster.data} />
          <Swap unitId={work.unitId} people={people.data?.contacts ?? []} onDone={roster.refetch} />
        </>
      )}
    </PhoneFrame>
  );
}

type People = ReadonlyArray<Schemas['KnownContact']>;

function OnDuty({ roster: { onDuty }, people }: { roster: Schemas['Roster']; people: People }) {
  return (
    <section className="card">
      <h2>{texts.now}</h2>
      {onDuty.source === 'fallback' && <p className="notice warn">{texts.fallback}</p>}
      {onDuty.contacts.length === 0 && <p className="notice bad">{texts.nobody}</p>}
      <ul className="rows">
        {onDuty.contacts.map(({ contactId, name }) => {
          const known = people.find((one) => one.contactId === contactId);
          const number = known?.phone ?? known?.sms;
          return (
            <li key={contactId} className="row">
              <span>{name ?? known?.name}</span>
              {number && (
                <a className="button" href={`tel:${number}`} aria-label={texts.call(name ?? '')}>
                  {number}
                </a>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

const Days = ({ roster: { items, gaps } }: { roster: Schemas['Roster'] }) => (
  <section>
    <h2>{texts.days}</h2>
    {items.length === 0 && <p className="muted">{texts.none}</p>}
    <ul className="rows">
      {items.map(({ date, from, until, contactId, name }) => (
        <li key={`${date}${from}${contactId}`} className="row">
          <span className="number">
            {dateInWords(date)} {from}—{until}
          </span>
          <span>{name}</span>
        </li>
      ))}
    </ul>
    {items.length > 0 &&
      gaps.map(({ from, until }) => (
        <p key={from} className="notice warn">
          {texts.gap}：<span className="number">{momentInWords(from)}</span> —{' '}
          <span className="number">{momentInWords(until)}</span>
        </p>
      ))}
  </section>
);

interface SwapProps {
  unitId: string;
  people: People;
  onDone: () => Promise<void>;
}

function Swap({ unitId, people, onDone }: SwapProps) {
  const [usual] = useState(() => ({
    contactId: '',
    until: wallTimeOf(Date.now() + HOURS_OF_A_SWAP * 3_600_000),
    reason: '',
  }));
  const name = `swap/${unitId}`;
  const { value, savedAt, change } = useDraft(name, usual);
  const { contactId, until, reason } = value ?? usual;
  const [isDone, setDone] = useState(false);
  const submission = useSubmission(async () => {
    const body = { contactId, until: fromWallTime(until), ...(reason.trim() === '' ? {} : { reason: reason.trim() }) };
    const params = { path: { unitId }, header: under(newKey()) };
    await answered(api.POST('/api/v1/units/{unitId}/roster/overrides', { params, body }));
    setDone(true);
    await dropDraft(name);
    await onDone();
  });
  return (
    <section className="card">
      <h2>{texts.swap}</h2>
      {isDone && (
        <p className="notice good" role="status">
          {texts.sent}
        </p>
      )}
      <SmallForm submission={submission} submit={texts.send}>
        <SelectField
          label={texts.person}
          required
          wrong={submission.fields.contactId}
          choices={[
            { value: '', label: texts.choose },
            ...people.map((person) => ({ value: person.contactId, label: person.name })),
          ]}
          value={contactId}
          onChoice={(one) => change({ contactId: one })}
        />
        <TextField
          label={texts.until}
          type="datetime-local"
          required
          wrong={submission.fields.until}
          value={until}
          onChange={({ target }) => change({ until: target.value })}
        />
        <TextField
          label={texts.reason}
          wrong={submission.fields.reason}
          value={reason}
          onChange={({ target }) => change({ reason: target.value })}
        />
        {savedAt !== undefined && <p className="muted number">{phoneTexts.draft.saved(timeWithSeconds(savedAt))}</p>}
      </SmallForm>
    </section>
  );
}
