/** What became of a telephone call. Whoever says on the telephone that the notice is there confirms it by that. */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField, SelectField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { DialogForm } from '../dialog-form.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = dutyTexts.call;

export interface CallDialogProps {
  episodeId: string;
  drill: boolean;
  unit: { unitId: string; name: string };
  contacts: ReadonlyArray<Pick<Schemas['KnownContact'], 'contactId' | 'name' | 'role'>>;
  onClose: () => void;
  onDone: (seq: number) => void;
}

export function CallDialog({ episodeId, drill, unit, contacts, onClose, onDone }: CallDialogProps): ReactNode {
  const keyOf = useKeyOf();
  const [empty] = useState(() => ({
    outcome: 'reached' as keyof typeof texts.outcomes,
    contactId: contacts[0]?.contactId ?? '',
    isAcknowledged: false,
    note: '',
  }));
  const kept = useKeptDraft(`call/${episodeId}/${unit.unitId}`, empty);
  const { outcome, contactId, isAcknowledged, note } = kept.draft;
  const confirms = outcome === 'reached' && isAcknowledged;
  const submission = useSubmission(async () => {
    const body = {
      outcome,
      ...(contactId && { contactId }),
      ...(note.trim() && { note }),
      ...(confirms && { acknowledged: true as const }),
    };
    const { entry } = await answered(
      api.POST('/api/v1/episodes/{episodeId}/units/{unitId}/calls', {
        params: { path: { episodeId, unitId: unit.unitId }, header: under(keyOf(body)) },
        body,
      }),
    );
    tellNews(episodeId);
    kept.clear();
    onDone(entry.seq);
  });
  return (
    <DialogForm
      title={texts.title(unit.name)}
      drill={drill}
      submission={submission}
      submit={confirms ? texts.submitAcknowledged : texts.submit}
      kept={kept}
      onClose={onClose}
    >
      <p>{texts.what}</p>
      <ChoiceField
        label={texts.outcome}
        wrong={submission.fields.outcome}
        choices={choicesOf(texts.outcomes)}
        value={outcome}
        onChoice={(one) => kept.set({ outcome: one as typeof outcome })}
      />
      <SelectField
        label={texts.person}
        wrong={submission.fields.contactId}
        choices={[
          ...contacts.map((one) => ({
            value: one.contactId,
            label: `${one.name}（${dutyTexts.drawer.roles[one.role]}）`,
          })),
          { value: '', label: texts.nobody },
        ]}
        value={contactId}
        onChoice={(one) => kept.set({ contactId: one })}
      />
      {outcome === 'reached' && (
        <label className="choice">
          <input
            type="checkbox"
            checked={isAcknowledged}
            onChange={({ target }) => kept.set({ isAcknowledged: target.checked })}
          />{' '}
          {texts.acknowledged}
        </label>
      )}
      <ProseField
        label={texts.note}
        hint={texts.noteHint}
        wrong={submission.fields.note}
        value={note}
        onChange={({ target }) => kept.set({ note: target.value })}
      />
    </DialogForm>
  );
}
