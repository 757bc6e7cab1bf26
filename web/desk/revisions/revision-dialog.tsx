/** The office notes progress of a revision, puts it off, or says that it is done and filed. */
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { fromWallTime, wallTimeOf } from '../../shared/beijing.js';
import { ProseField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { isLeftOpen, nameOfMatter } from '../../shared/matters.js';
import { tellNews } from '../../shared/news.js';
import { revisionTexts } from '../../texts/zh-CN/revisions.js';
import { ClockField } from '../acts/clock-field.js';
import { DialogForm } from '../dialog-form.js';
import { FoundDraft } from '../found-draft.js';
import { useKeptDraft } from '../kept-draft.js';

export type RevisionAct = keyof typeof revisionTexts.acts;

interface RevisionDialogProps {
  act: RevisionAct;
  revision: Schemas['Revision'];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

const NOTHING = { words: '', time: '', number: '' };

export function RevisionDialog({ act, revision, onClose, onDone }: RevisionDialogProps): ReactNode {
  const { revisionId, what, text } = revision;
  const words = revisionTexts.acts[act];
  const kept = useKeptDraft(`revision/${act}/${revisionId}`, {
    ...NOTHING,
    time: act === 'postponement' ? wallTimeOf(revision.dueAt) : '',
  });
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const header = under(keyOf(kept.draft));
    const { entry } = await send(act, { params: { path: { revisionId }, header } }, kept.draft);
    kept.clear();
    onDone(words.title, entry.seq);
    tellNews();
  });
  return (
    <DialogForm title={words.title} submission={submission} submit={words.submit} onClose={onClose}>
      <FoundDraft kept={kept} />
      <p>
        <strong>{nameOfMatter(what)}</strong>：{text}
      </p>
      <Fields act={act} files={!isLeftOpen(what)} wrong={submission.fields} draft={kept.draft} set={kept.set} />
    </DialogForm>
  );
}

type ActDraft = typeof NOTHING;

interface FieldsProps {
  act: RevisionAct;
  /** Revisions are filed with those above. */
  files: boolean;
  wrong: Record<string, string>;
  draft: ActDraft;
  set: (changes: Partial<ActDraft>) => void;
}

function Fields({ act, files, wrong, draft, set }: FieldsProps) {
  const { progress, postponement, completion } = revisionTexts.acts;
  const label = { progress: progress.note, postponement: postponement.reason, completion: completion.note }[act];
  return (
    <>
      {act === 'postponement' && (
        <ClockField
          drill={false}
          label={postponement.dueAt}
          wrong={wrong.dueAt}
          value={draft.time}
          onChange={(time) => set({ time })}
        />
      )}
      <ProseField
        label={label}
        required
        rows={3}
        wrong={wrong.note ?? wrong.reason}
        value={draft.words}
        onChange={({ target }) => set({ words: target.value })}
      />
      {act === 'completion' && files && (
        <>
          <ClockField
            drill={false}
            label={completion.filedAt}
            hint={completion.filedHint}
            wrong={wrong['filing.at']}
            value={draft.time}
            onChange={(time) => set({ time })}
          />
          <TextField
            label={completion.number}
            wrong={wrong['filing.number']}
            value={draft.number}
            onChange={({ target }) => set({ number: target.value })}
          />
        </>
      )}
    </>
  );
}

type Asked = { params: { path: { revisionId: string }; header: ReturnType<typeof under> } };

function send(act: RevisionAct, asked: Asked, { words, time, number }: ActDraft) {
  switch (act) {
    case 'progress':
      return answered(api.POST('/api/v1/revisions/{revisionId}/progress', { ...asked, body: { note: words } }));
    case 'postponement':
      return answered(
        api.POST('/api/v1/revisions/{revisionId}/postponement', {
          ...asked,
          body: { dueAt: fromWallTime(time), reason: words },
        }),
      );
    case 'completion': {
      const filing = time && { filing: { at: fromWallTime(time), ...(number.trim() && { number: number.trim() }) } };
      return answered(
        api.POST('/api/v1/revisions/{revisionId}/completion', { ...asked, body: { note: words, ...(filing || {}) } }),
      );
    }
  }
}
