/** The office notes how the measures work, and what is to be added to them (§4.3.4.5). */
import type { ReactNode } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { ProseField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useKeptDraft } from '../kept-draft.js';
import { ActDialog } from './act-dialog.js';

const texts = actTexts.evaluation;
const EMPTY = { text: '', supplements: '' };

export interface EvaluationDialogProps {
  episodeId: string;
  drill: boolean;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function EvaluationDialog({ episodeId, drill, onClose, onDone }: EvaluationDialogProps): ReactNode {
  const kept = useKeptDraft(`evaluation/${episodeId}`, EMPTY);
  const { text, supplements } = kept.draft;
  const lines = supplements.split('\n').filter((line) => line.trim() !== '');
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what}
      body={{ text, supplements: lines }}
      send={(body, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/evaluations', {
            params: { path: { episodeId }, header: under(key) },
            body,
          }),
        )
      }
      submit={texts.submit}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title, seq)}
    >
      {(wrong) => (
        <>
          <ProseField
            label={texts.text}
            required
            rows={5}
            wrong={wrong.text}
            value={text}
            onChange={({ target }) => kept.set({ text: target.value })}
          />
          <ProseField
            label={texts.supplements}
            hint={texts.supplementsHint}
            rows={3}
            wrong={Object.entries(wrong).find(([field]) => field.startsWith('supplements'))?.[1]}
            value={supplements}
            onChange={({ target }) => kept.set({ supplements: target.value })}
          />
        </>
      )}
    </ActDialog>
  );
}
