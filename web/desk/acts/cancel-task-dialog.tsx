/** An added task is taken back, for all units that have not done it or for some of them. */
import type { ReactNode } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { type Choice, ProseField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useKeptDraft } from '../kept-draft.js';
import { ManyField } from '../many-field.js';
import { ActDialog } from './act-dialog.js';

const texts = actTexts.cancelTask;
const EMPTY = { reason: '', left: [] as string[] };

export interface CancelTaskDialogProps {
  episodeId: string;
  drill: boolean;
  task: { taskId: string; text: string };
  /** Those that have it; a single one is chosen already. */
  units: readonly Choice[];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function CancelTaskDialog({ episodeId, drill, task, units, onClose, onDone }: CancelTaskDialogProps): ReactNode {
  const { taskId, text } = task;
  const all = units.map(({ value }) => value);
  const kept = useKeptDraft(`task-cancellation/${episodeId}/${taskId}/${all.length === 1 ? all[0] : ''}`, EMPTY);
  const { reason, left } = kept.draft;
  const chosen = all.filter((unitId) => !left.includes(unitId));
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(text, chosen.length)}
      body={{ unitIds: chosen, reason }}
      send={(body, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/tasks/{taskId}/cancellation', {
            params: { path: { episodeId, taskId }, header: under(key) },
            body,
          }),
        )
      }
      submit={texts.submit}
      tone="danger"
      isEmpty={chosen.length === 0}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title, seq)}
    >
      {(wrong) => (
        <>
          {all.length > 1 && (
            <ManyField
              label={texts.units}
              wrong={wrong.unitIds}
              choices={units}
              chosen={chosen}
              onChange={(now) => kept.set({ left: all.filter((unitId) => !now.includes(unitId)) })}
            />
          )}
          <ProseField
            label={texts.reason}
            required
            rows={3}
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
