/** The office does for a unit what it asks for by telephone: who rang, what is said, and one click. */
import type { ReactNode } from 'react';
import { ProseField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { unitTexts } from '../../texts/zh-CN/unit.js';
import { DialogForm } from '../dialog-form.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = unitTexts.act;
const EMPTY = { caller: '', said: '' };

export interface OnBehalfDialogProps {
  /** Tells what is done for whom, such as `7f6e…/education/acknowledge`: what is typed is kept under it. */
  name: string;
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

export function OnBehalfDialog(props: OnBehalfDialogProps): ReactNode {
  const { name, title, what, drill, says, send, onClose, onDone } = props;
  const kept = useKeptDraft(`on-behalf/${name}`, EMPTY);
  const { caller, said } = kept.draft;
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const { entry } = await send(said, caller, keyOf([said, caller]));
    kept.clear();
    onDone(entry.seq);
  });
  const { fields } = submission;
  return (
    <DialogForm title={title} drill={drill} submission={submission} submit={texts.submit} kept={kept} onClose={onClose}>
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
        onChange={({ target }) => kept.set({ caller: target.value })}
      />
      {says !== undefined && (
        <ProseField
          label={says}
          rows={4}
          required
          wrong={fields.text ?? fields.note ?? fields.reason}
          value={said}
          onChange={({ target }) => kept.set({ said: target.value })}
        />
      )}
    </DialogForm>
  );
}
