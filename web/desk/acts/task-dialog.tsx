/** A task stricter than the plan, for one unit or several. */
import type { ReactNode } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { fromWallTime } from '../../shared/beijing.js';
import { type Choice, ProseField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useKeptDraft } from '../kept-draft.js';
import { ManyField } from '../many-field.js';
import { ActDialog } from './act-dialog.js';
import { ClockField } from './clock-field.js';

const texts = actTexts.task;
const EMPTY = { unitIds: [] as string[], text: '', due: '' };

export interface TaskDialogProps {
  episodeId: string;
  drill: boolean;
  /** Of whom the office chooses; a single one is chosen already. */
  units: readonly Choice[];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function TaskDialog({ episodeId, drill, units, onClose, onDone }: TaskDialogProps): ReactNode {
  const [alone] = units.length === 1 ? units : [];
  const kept = useKeptDraft(`task/${episodeId}/${alone?.value ?? ''}`, EMPTY);
  const { text, due } = kept.draft;
  const unitIds = alone ? [alone.value] : kept.draft.unitIds;
  const body = { unitIds, text, ...(due && { dueAt: fromWallTime(due) }) };
  return (
    <ActDialog
      title={alone ? texts.titleFor(alone.label) : texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(unitIds.length)}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/tasks', {
            params: { path: { episodeId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      isEmpty={unitIds.length === 0}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title, seq)}
    >
      {(wrong) => (
        <>
          {!alone && (
            <ManyField
              label={texts.units}
              wrong={wrong.unitIds}
              choices={units}
              chosen={unitIds}
              onChange={(unitIds) => kept.set({ unitIds })}
            />
          )}
          <ProseField
            label={texts.text}
            required
            rows={3}
            wrong={wrong.text}
            value={text}
            onChange={({ target }) => kept.set({ text: target.value })}
          />
          <ClockField
            drill={drill}
            label={texts.due}
            hint={texts.dueHint}
            wrong={wrong.dueAt}
            value={due}
            onChange={(due) => kept.set({ due })}
          />
        </>
      )}
    </ActDialog>
  );
}
