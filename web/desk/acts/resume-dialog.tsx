/** A suspension ends by order; one that has not begun is taken back. */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField, TextField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useKeptDraft } from '../kept-draft.js';
import { ActDialog } from './act-dialog.js';
import { onlyGiven } from './only-given.js';

const texts = actTexts.resume;
const EMPTY = { reason: '', number: '' };

export interface ResumeDialogProps {
  episodeId: string;
  drill: boolean;
  suspension: Schemas['Suspension'];
  /** What is suspended, in words. */
  words: string;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function ResumeDialog({ episodeId, drill, suspension, words, onClose, onDone }: ResumeDialogProps): ReactNode {
  const { suspensionId, status } = suspension;
  const [isToCome] = useState(status === 'to-come');
  const kept = useKeptDraft(`resumption/${episodeId}/${suspensionId}`, EMPTY);
  const { reason, number } = kept.draft;
  const notice = onlyGiven({ number });
  const body = { ...onlyGiven({ reason }), ...(notice.number && { notice }) };
  return (
    <ActDialog
      title={isToCome ? texts.cancelTitle(words) : texts.title(words)}
      drill={drill}
      episodeId={episodeId}
      what={isToCome ? texts.cancelWhat : texts.what}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/suspensions/{suspensionId}/resumption', {
            params: { path: { episodeId, suspensionId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={isToCome ? texts.cancel : texts.submit}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.done, seq)}
    >
      {(wrong) => (
        <>
          <ProseField
            label={texts.reason}
            maxLength={500}
            wrong={wrong.reason}
            value={reason}
            onChange={({ target }) => kept.set({ reason: target.value })}
          />
          <TextField
            label={actTexts.suspend.number}
            wrong={wrong['notice.number']}
            value={number}
            onChange={({ target }) => kept.set({ number: target.value })}
          />
        </>
      )}
    </ActDialog>
  );
}
