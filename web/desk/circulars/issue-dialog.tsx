/** The office issues a circular: forwarded from the city, or the district's own. */
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { fromWallTime } from '../../shared/beijing.js';
import { type Choice, ProseField, TextField } from '../../shared/forms.js';
import { circularTexts } from '../../texts/zh-CN/circulars.js';
import { ActDialog } from '../acts/act-dialog.js';
import { ClockField } from '../acts/clock-field.js';
import { AttachmentsField, type GivenAttachment } from '../attachments-field.js';
import { ChoiceField, choicesOf, wrongIn } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';
import { ManyField } from '../many-field.js';

const texts = circularTexts.dialog;

type Body = Schemas['CircularRequest'];

export interface IssueDialogProps {
  episodeId: string;
  drill: boolean;
  units: readonly Choice[];
  /** What it may go back to. */
  referrals: readonly Choice[];
  problems: readonly Choice[];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

const EMPTY = {
  origin: 'city' as Body['origin'],
  number: '',
  title: '',
  text: '',
  due: '',
  unitIds: [] as string[],
  referrals: [] as string[],
  problems: [] as string[],
  attachments: [] as GivenAttachment[],
};

export function IssueDialog(props: IssueDialogProps): ReactNode {
  const { episodeId, drill, units, referrals, problems, onClose, onDone } = props;
  const kept = useKeptDraft(`circular/${episodeId}`, EMPTY);
  const { set, draft } = kept;
  const { origin, number, title, text, due, unitIds, attachments } = draft;
  const body: Body = {
    origin,
    title,
    text,
    unitIds,
    ...(number.trim() && { number }),
    ...(due && { answerDueAt: fromWallTime(due) }),
    ...(attachments.length > 0 && { attachmentIds: attachments.map(({ attachmentId }) => attachmentId) }),
    ...(draft.referrals.length > 0 && { referrals: draft.referrals.map(Number) }),
    ...(draft.problems.length > 0 && { problems: draft.problems }),
  };
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(unitIds.length)}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/circulars', {
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
          <ChoiceField
            label={texts.origin}
            wrong={wrong.origin}
            choices={choicesOf(texts.origins)}
            value={origin}
            onChoice={(one) => set({ origin: one as Body['origin'] })}
          />
          <TextField
            label={texts.name}
            required
            wrong={wrong.title}
            value={title}
            onChange={({ target }) => set({ title: target.value })}
          />
          <TextField
            label={texts.number}
            hint={texts.numberHint}
            wrong={wrong.number}
            value={number}
            onChange={({ target }) => set({ number: target.value })}
          />
          <ProseField
            label={texts.text}
            hint={texts.textHint}
            required
            rows={6}
            wrong={wrong.text}
            value={text}
            onChange={({ target }) => set({ text: target.value })}
          />
          <ManyField
            label={texts.units}
            wrong={wrong.unitIds}
            choices={units}
            chosen={unitIds}
            onChange={(chosen) => set({ unitIds: chosen })}
          />
          <ClockField
            drill={drill}
            label={texts.answer}
            hint={texts.answerHint}
            wrong={wrong.answerDueAt}
            value={due}
            onChange={(one) => set({ due: one })}
          />
          <AttachmentsField
            label={texts.attachments}
            wrong={wrongIn(wrong, 'attachmentIds')}
            attachments={attachments}
            onChange={(given) => set({ attachments: given })}
          />
          {referrals.length > 0 && (
            <ManyField
              label={texts.referrals}
              wrong={wrong.referrals}
              choices={referrals}
              chosen={draft.referrals}
              onChange={(chosen) => set({ referrals: chosen })}
            />
          )}
          {problems.length > 0 && (
            <ManyField
              label={texts.problems}
              wrong={wrong.problems}
              choices={problems}
              chosen={draft.problems}
              onChange={(chosen) => set({ problems: chosen })}
            />
          )}
        </>
      )}
    </ActDialog>
  );
}
