/** The office presses a unit about what is still open. */
import { type ReactNode, useState } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { ProseField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { dutyActTexts } from '../../texts/zh-CN/duty-acts.js';
import { noticeTexts } from '../../texts/zh-CN/notices.js';
import { type BoardUnit, deadlinesOnBoard } from '../board-cells.js';
import { deadlineTitle } from '../deadline-words.js';
import { DialogForm } from '../dialog-form.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = dutyActTexts.urge;
/** `left`: what the unit is not pressed about, in words. */
const EMPTY = { left: [] as string[], text: '' };

const warningWords = ({ name, reason }: { name: string; reason: keyof typeof noticeTexts.reasons }) =>
  texts.unreachable(name, noticeTexts.reasons[reason]);

/** What the unit has not done, in time or any more. */
const openOf = (unit: BoardUnit) =>
  deadlinesOnBoard(unit)
    .filter(({ status, isClosed }) => !isClosed && (status === 'pending' || status === 'missed'))
    .map(({ name, noticeId, noticeNumber, date, circularId, circularTitle }) => ({
      deadline: name,
      subject: noticeId ?? date ?? circularId,
      words: deadlineTitle({ deadline: name, noticeNumber, date, circularTitle }),
    }));

export interface UrgeDialogProps {
  episodeId: string;
  drill: boolean;
  unit: BoardUnit;
  onClose: () => void;
  onDone: (words: string) => void;
}

export function UrgeDialog({ episodeId, drill, unit, onClose, onDone }: UrgeDialogProps): ReactNode {
  // As it was when the dialog was opened: nothing moves under the pointer.
  const [open] = useState(() => openOf(unit));
  const kept = useKeptDraft(`urge/${episodeId}/${unit.unitId}`, EMPTY);
  const { left, text } = kept.draft;
  const keyOf = useKeyOf();
  const chosen = open.filter(({ words }) => !left.includes(words));
  const submission = useSubmission(async () => {
    const about = chosen.map(({ deadline, subject }) => ({ deadline, ...(subject && { subject }) }));
    const body = { unitIds: [unit.unitId], about, ...(text.trim() && { text }) };
    const { entry, warnings = [] } = await answered(
      api.POST('/api/v1/episodes/{episodeId}/urges', {
        params: { path: { episodeId }, header: under(keyOf(body)) },
        body,
      }),
    );
    tellNews(episodeId);
    kept.clear();
    onDone([texts.done(entry.seq), ...warnings.map(warningWords)].join(' '));
  });
  return (
    <DialogForm
      title={texts.title(unit.name)}
      drill={drill}
      submission={submission}
      submit={texts.submit}
      isEmpty={chosen.length === 0}
      kept={kept}
      onClose={onClose}
    >
      <p>{texts.what}</p>
      <fieldset className="choices">
        <legend>{texts.about}</legend>
        {open.length === 0 && texts.nothing}
        {open.map(({ words }) => (
          <label key={words}>
            <input
              type="checkbox"
              checked={!left.includes(words)}
              onChange={({ target }) =>
                kept.set({ left: target.checked ? left.filter((other) => other !== words) : [...left, words] })
              }
            />
            {words}
          </label>
        ))}
      </fieldset>
      <ProseField
        label={texts.text}
        hint={texts.textHint}
        maxLength={200}
        wrong={submission.fields.text}
        value={text}
        onChange={({ target }) => kept.set({ text: target.value })}
      />
    </DialogForm>
  );
}
