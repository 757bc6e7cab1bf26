/** Measures, or the whole response, rest for a time. */
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { fromWallTime, momentInWords } from '../../shared/beijing.js';
import { type Choice, ProseField, TextField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';
import { ManyField } from '../many-field.js';
import { ActDialog } from './act-dialog.js';
import { ClockField } from './clock-field.js';
import { onlyGiven } from './only-given.js';

const texts = actTexts.suspend;
const NONE: string[] = [];
const EMPTY = {
  items: 'all',
  taskIds: NONE,
  units: 'all',
  unitIds: NONE,
  from: '',
  until: '',
  reason: '',
  number: '',
  issuer: '',
};

export interface SuspendDialogProps {
  episodeId: string;
  drill: boolean;
  tasks: readonly Choice[];
  units: readonly Choice[];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function SuspendDialog({ episodeId, drill, tasks, units, onClose, onDone }: SuspendDialogProps): ReactNode {
  const kept = useKeptDraft(`suspension/${episodeId}`, EMPTY);
  const { draft, set } = kept;
  const { taskIds, unitIds } = draft;
  const isAll = draft.items === 'all';
  const isEverywhere = draft.units === 'all';
  const notice = onlyGiven({ number: draft.number, issuer: draft.issuer });
  const body: Schemas['SuspensionRequest'] = {
    items: isAll ? 'all' : taskIds,
    ...(isEverywhere ? {} : { unitIds }),
    ...(draft.from && { from: fromWallTime(draft.from) }),
    ...(draft.until && { until: fromWallTime(draft.until) }),
    reason: draft.reason,
    ...(Object.keys(notice).length > 0 && { notice }),
  };
  const what = texts.what(
    isAll ? texts.itemChoices.all : texts.count(taskIds.length),
    isEverywhere ? texts.unitChoices.all : texts.unitCount(unitIds.length),
    draft.from ? momentInWords(fromWallTime(draft.from)) : texts.now,
    draft.until ? momentInWords(fromWallTime(draft.until)) : texts.openEnd,
  );
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={what}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/suspensions', {
            params: { path: { episodeId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      tone="danger"
      isEmpty={(!isAll && taskIds.length === 0) || (!isEverywhere && unitIds.length === 0)}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.done, seq)}
    >
      {(wrong) => (
        <>
          <ChoiceField
            label={texts.items}
            wrong={isAll ? wrong.items : undefined}
            choices={choicesOf(texts.itemChoices)}
            value={draft.items}
            onChoice={(items) => set({ items })}
          />
          {!isAll && (
            <ManyField
              label={texts.tasks}
              wrong={wrong.items}
              choices={tasks}
              chosen={taskIds}
              onChange={(chosen) => set({ taskIds: chosen })}
            />
          )}
          <ChoiceField
            label={texts.units}
            choices={choicesOf(texts.unitChoices)}
            value={draft.units}
            onChoice={(one) => set({ units: one })}
          />
          {!isEverywhere && (
            <ManyField
              label={texts.someUnits}
              wrong={wrong.unitIds}
              choices={units}
              chosen={unitIds}
              onChange={(chosen) => set({ unitIds: chosen })}
            />
          )}
          <ClockField
            drill={drill}
            label={texts.from}
            hint={texts.fromHint}
            wrong={wrong.from}
            value={draft.from}
            onChange={(from) => set({ from })}
          />
          <ClockField
            drill={drill}
            label={texts.until}
            hint={texts.untilHint}
            wrong={wrong.until}
            value={draft.until}
            onChange={(until) => set({ until })}
          />
          <ProseField
            label={texts.reason}
            required
            maxLength={500}
            wrong={wrong.reason}
            value={draft.reason}
            onChange={({ target }) => set({ reason: target.value })}
          />
          <fieldset className="pair">
            <legend>{texts.order}</legend>
            <TextField
              label={texts.number}
              wrong={wrong['notice.number'] ?? wrong.notice}
              value={draft.number}
              onChange={({ target }) => set({ number: target.value })}
            />
            <TextField
              label={texts.issuer}
              wrong={wrong['notice.issuer']}
              value={draft.issuer}
              onChange={({ target }) => set({ issuer: target.value })}
            />
          </fieldset>
        </>
      )}
    </ActDialog>
  );
}
