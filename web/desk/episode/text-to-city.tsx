/** A text that is made from the record, may be changed, and goes to the city. */
import { type ReactNode, useState } from 'react';
import { ProseField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { FaultNotice } from '../../shared/states.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { useKeptDraft } from '../kept-draft.js';
import { LineChanges, type LineChangesProps } from '../line-changes.js';

export interface TextToCityProps {
  /** Under which what is typed is kept. */
  name: string;
  episodeId: string;
  /** As the program has it: shown until somebody types. */
  written: string;
  /** What that is. */
  writtenAs: LineChangesProps['since'];
  label: string;
  hint: string;
  submit: string;
  send: (text: string, key: string) => Promise<{ entry: { seq: number } }>;
}

export function TextToCity(props: TextToCityProps): ReactNode {
  const { name, episodeId, written, writtenAs, label, hint, submit, send } = props;
  const { draft, set, clear } = useKeptDraft<{ text?: string }>(name, EMPTY);
  const [seq, setSeq] = useState<number>();
  const keyOf = useKeyOf();
  const text = draft.text ?? written;
  const submission = useSubmission(async () => {
    const { entry } = await send(text, keyOf(text));
    clear();
    setSeq(entry.seq);
    tellNews(episodeId);
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submission.run();
      }}
    >
      <ProseField
        label={label}
        hint={hint}
        rows={16}
        required
        wrong={submission.fields.text}
        value={text}
        onChange={({ target }) => set({ text: target.value })}
      />
      <FaultNotice fault={submission.fault} />
      {seq !== undefined && (
        <p className="notice good" role="status">
          {dutyTexts.call.done(seq)}
        </p>
      )}
      <div className="actions">
        <button type="submit" className="button primary" disabled={submission.busy}>
          {submit}
        </button>
      </div>
      <LineChanges since={writtenAs} before={written} after={text} onReset={clear} />
    </form>
  );
}

const EMPTY = {};
