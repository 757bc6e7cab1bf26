/** Somebody takes over the duty of a unit for a time; the roster stays as it is. */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { fromWallTime, momentInWords, wallTimeOf } from '../../shared/beijing.js';
import { SelectField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { rosterTexts } from '../../texts/zh-CN/roster.js';
import { onlyGiven } from '../acts/only-given.js';
import { DialogForm } from '../dialog-form.js';
import { MomentField } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = rosterTexts.take;
const USUAL_HOURS = 12;
const HOUR = 3_600_000;

export interface TakeOverDialogProps {
  unit: { unitId: string; name: string };
  contacts: ReadonlyArray<Schemas['KnownContact']>;
  onClose: () => void;
  onDone: () => void;
}

export function TakeOverDialog({ unit: { unitId, name }, contacts, onClose, onDone }: TakeOverDialogProps): ReactNode {
  const [usual] = useState(() => ({
    contactId: '',
    from: '',
    until: wallTimeOf(Date.now() + USUAL_HOURS * HOUR),
    reason: '',
  }));
  const kept = useKeptDraft(`take-over/${unitId}`, usual);
  const { contactId, from, until, reason } = kept.draft;
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const body = {
      contactId,
      ...(from && { from: fromWallTime(from) }),
      until: fromWallTime(until),
      ...onlyGiven({ reason }),
    };
    await answered(
      api.POST('/api/v1/units/{unitId}/roster/overrides', {
        params: { path: { unitId }, header: under(keyOf(body)) },
        body,
      }),
    );
    kept.clear();
    onDone();
  });
  const { fields } = submission;
  const who = contacts.find((one) => one.contactId === contactId)?.name ?? texts.somebody;
  const at = (typed: string, otherwise: string) => (typed ? momentInWords(fromWallTime(typed)) : otherwise);
  return (
    <DialogForm
      title={texts.title(name)}
      submission={submission}
      submit={texts.submit}
      isEmpty={contacts.length === 0}
      kept={kept}
      onClose={onClose}
    >
      <p>
        {contacts.length === 0 ? texts.noPeople : texts.what(who, name, at(from, texts.now), at(until, texts.later))}
      </p>
      <SelectField
        label={texts.person}
        required
        wrong={fields.contactId}
        choices={[
          { value: '', label: texts.choose },
          ...contacts.map((one) => ({
            value: one.contactId,
            label: `${one.name}（${dutyTexts.drawer.roles[one.role]}）`,
          })),
        ]}
        value={contactId}
        onChoice={(one) => kept.set({ contactId: one })}
      />
      <MomentField
        label={texts.from}
        hint={texts.fromHint}
        wrong={fields.from}
        value={from}
        onChange={({ target }) => kept.set({ from: target.value })}
      />
      <MomentField
        label={texts.until}
        required
        wrong={fields.until}
        value={until}
        onChange={({ target }) => kept.set({ until: target.value })}
      />
      <TextField
        label={texts.reason}
        maxLength={200}
        wrong={fields.reason}
        value={reason}
        onChange={({ target }) => kept.set({ reason: target.value })}
      />
    </DialogForm>
  );
}
