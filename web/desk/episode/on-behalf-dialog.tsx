/** The office does for a unit what it asks for by telephone: who rang, what is said, and one click. */
import { type ReactNode, useState } from 'react';
import { ProseField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { unitTexts } from '../../texts/zh-CN/unit.js';
import { DialogForm } from '../dialog-form.js';

const texts = unitTexts.act;

export interface OnBehalfDialogProps {
  title: string;
  /** What it will do. */
  what: string;
  drill: boolean;
  /** The label of what the unit says; absent where it says nothing. */
  says?: string | undefined;
  send: (said: string, caller: string, key: string) => Promise<{ entry: { seq: number } }>;
  onClose: () => void;
  onDone: (seq: number) => void;
}

export function OnBehalfDialog({ title, what, drill, says, send, onClose, onDone }: OnBehalfDialogProps): ReactNode {
  const [caller, setCaller] = useState('');
  const [said, setSaid] = useState('');
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const { entry } = await send(said, caller, keyOf([said, caller]));
    onDone(entry.seq);
  });
  const { fields } = submission;
  return (
    <DialogForm title={title} drill={drill} submission={submission} submit={texts.submit} onClose={onClose}>
      <p>
        {what}
        {texts.hint}
      </p>
      <TextField
        label={texts.caller}
        hint={texts.callerHint}
        required
        wrong={fields['onBehalf.caller']}
        value={caller}
        onChange={({ target }) => setCaller(target.value)}
      />
      {says !== undefined && (
        <ProseField
          label={says}
          rows={4}
          required
          wrong={fields.text ?? fields.note ?? fields.reason}
          value={said}
          onChange={({ target }) => setSaid(target.value)}
        />
      )}
    </DialogForm>
  );
}
