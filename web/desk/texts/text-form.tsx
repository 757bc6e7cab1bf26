/** A text as the office writes it: saved as often as it likes, then issued. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ApiRefusal, answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { FaultNotice } from '../../shared/states.js';
import { issuingTexts } from '../../texts/zh-CN/issuing.js';
import { FoundDraft } from '../found-draft.js';
import { useKeptDraft } from '../kept-draft.js';
import { LineChanges } from '../line-changes.js';
import { ofEpisode } from '../queries.js';
import { IssueTextDialog } from './issue-text-dialog.js';

const texts = issuingTexts;

type TextRow = Schemas['WarningText'];

/** `basis`: the revision that was shown when somebody began to type. */
type Typed = Partial<Record<'title' | 'text' | 'number' | 'basis', string>>;

const UNTOUCHED: Typed = {};

interface TextFormProps {
  episodeId: string;
  drill: boolean;
  row: TextRow;
  broadcast: Schemas['WarningTexts']['broadcast'];
}

export function TextForm({ episodeId, drill, row, broadcast }: TextFormProps): ReactNode {
  const { noticeId, audience, versions, draft } = row;
  const kept = useKeptDraft<Typed>(`texts/${episodeId}/${noticeId}/${audience}`, UNTOUCHED);
  const [done, setDone] = useState<string>();
  const [isIssuing, setIssuing] = useState(false);
  const keyOf = useKeyOf();
  const client = useQueryClient();
  const typed = kept.draft;
  const words = {
    title: typed.title ?? row.title,
    text: typed.text ?? row.text,
    number: typed.number ?? row.number ?? '',
  };
  const basis = typed.basis ?? row.revision;
  const change = (changes: Typed) => kept.set({ basis, ...changes });
  // What was typed goes only once the page has what was saved: else the field would fall back to the words before.
  const settle = async (said: string) => {
    await client.invalidateQueries({ queryKey: ofEpisode(episodeId, 'texts') });
    kept.clear();
    setDone(said);
    setIssuing(false);
    tellNews(episodeId);
  };
  const saving = useSubmission(async () => {
    const header = { ...under(keyOf({ words, basis })), 'If-Match': basis };
    const params = { path: { episodeId, noticeId, audience }, header };
    try {
      await answered(api.PUT('/api/v1/episodes/{episodeId}/texts/{noticeId}/{audience}', { params, body: words }));
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 412) tellNews(episodeId);
      throw error;
    }
    await settle(texts.saved);
  });
  const isMoved = basis !== row.revision && !saving.busy && !isIssuing;
  const issued = versions[0];
  const isAsIssued =
    issued !== undefined &&
    issued.title === words.title &&
    issued.text === words.text &&
    (audience === 'units' || broadcast.media === 0 || issued.broadcast === true) &&
    (issued.number ?? '') === words.number;
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void saving.run();
        }}
      >
        <FoundDraft kept={kept} />
        <TextField
          label={texts.fields.title}
          required
          wrong={saving.fields.title}
          value={words.title}
          onChange={({ target }) => change({ title: target.value })}
        />
        {audience === 'units' && (
          <TextField
            label={texts.fields.number}
            wrong={saving.fields.number}
            value={words.number}
            onChange={({ target }) => change({ number: target.value })}
          />
        )}
        <ProseField
          label={texts.fields.text}
          hint={audience === 'units' ? texts.fields.textHint : texts.fields.publicHint}
          rows={22}
          required
          wrong={saving.fields.text}
          value={words.text}
          onChange={({ target }) => change({ text: target.value })}
        />
        <FaultNotice fault={saving.fault} />
        {isMoved && (
          <p className="notice warn">
            {texts.moved}{' '}
            <button type="button" className="link-button" onClick={() => kept.clear()}>
              {texts.anew}
            </button>
          </p>
        )}
        {done !== undefined && (
          <p className="notice good" role="status">
            {done}
          </p>
        )}
        <div className="actions">
          <button type="submit" className="button" disabled={saving.busy}>
            {texts.save}
          </button>
          <button
            type="button"
            className="button primary"
            disabled={isAsIssued || words.title.trim() === '' || words.text.trim() === ''}
            onClick={() => setIssuing(true)}
          >
            {(issued ? texts.correct : texts.issue)[audience]}
          </button>
        </div>
        <LineChanges
          since="draft"
          before={draft.text}
          after={words.text}
          onReset={() => change({ title: draft.title, text: draft.text, number: draft.number ?? '' })}
        />
      </form>
      {isIssuing && (
        <IssueTextDialog
          episodeId={episodeId}
          drill={drill}
          row={row}
          words={words}
          basis={basis}
          broadcast={broadcast}
          onClose={() => setIssuing(false)}
          onDone={settle}
        />
      )}
    </>
  );
}
