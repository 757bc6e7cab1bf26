/** The office writes down what a unit says on the telephone of why something was late. */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField, TextField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { breachInWords, type UnitBreach } from '../breaches.js';
import { deadlineSubject } from '../deadline-words.js';
import { useKeptDraft } from '../kept-draft.js';
import { ActDialog } from './act-dialog.js';

const texts = actTexts.explanation;

type Body = Schemas['Explanation'];

export interface ExplanationDialogProps {
  episodeId: string;
  drill: boolean;
  unitId: string;
  breach: UnitBreach;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function ExplanationDialog(props: ExplanationDialogProps): ReactNode {
  const { episodeId, drill, unitId, breach, onClose, onDone } = props;
  const subject = deadlineSubject(breach);
  const [known] = useState(() => ({ reason: breach.explanation?.reason ?? '', caller: '' }));
  const kept = useKeptDraft(`explanation/${episodeId}/${unitId}/${breach.deadline}/${subject ?? ''}`, known);
  const { reason, caller } = kept.draft;
  const body: Body = {
    deadline: breach.deadline as Body['deadline'],
    ...(subject && { subject }),
    reason,
    onBehalf: { caller },
  };
  const title = texts.title(breachInWords(breach));
  return (
    <ActDialog
      title={title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/units/{unitId}/explanations', {
            params: { path: { episodeId, unitId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(title, seq)}
    >
      {(wrong) => (
        <>
          <TextField
            label={texts.caller}
            hint={texts.callerHint}
            required
            wrong={wrong['onBehalf.caller']}
            value={caller}
            onChange={({ target }) => kept.set({ caller: target.value })}
          />
          <ProseField
            label={texts.reason}
            hint={texts.reasonHint}
            rows={3}
            required
            maxLength={500}
            wrong={wrong.reason}
            value={reason}
            onChange={({ target }) => kept.set({ reason: target.value })}
          />
        </>
      )}
    </ActDialog>
  );
}
