/** What one shift leaves to the next: conditions, actions, needs. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { ProseField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { Queried } from '../../shared/states.js';
import { dutyActTexts } from '../../texts/zh-CN/duty-acts.js';
import { DialogForm } from '../dialog-form.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = dutyActTexts.handOver;
const HAND_OVERS = ['hand-overs'];
const EMPTY = { from: '', conditions: '', actions: '', needs: '' };
const WORDS = ['conditions', 'actions', 'needs'] as const;

export function HandOvers(): ReactNode {
  const [open, setOpen] = useState<'write' | 'take'>();
  const query = useQuery({
    queryKey: HAND_OVERS,
    queryFn: () => answered(api.GET('/api/v1/hand-overs', { params: { query: { limit: 1 } } })),
  });
  const latest = query.data?.items[0];
  return (
    <section className="panel" aria-labelledby="hand-over">
      <h2 id="hand-over">{texts.title}</h2>
      <Queried query={query}>
        {() => (latest ? <Note note={latest} take={() => setOpen('take')} /> : <p className="muted">{texts.none}</p>)}
      </Queried>
      <div className="actions">
        <button type="button" className="button" onClick={() => setOpen('write')}>
          {texts.write}
        </button>
      </div>
      {open === 'write' && <WriteDialog onClose={() => setOpen(undefined)} />}
      {open === 'take' && latest && <TakeDialog handOverId={latest.handOverId} onClose={() => setOpen(undefined)} />}
    </section>
  );
}

function Note({ note, take }: { note: Schemas['HandOver']; take: () => void }) {
  const { from, writtenAt, acknowledged } = note;
  return (
    <>
      <p className="muted">{texts.by(from, momentInWords(writtenAt))}</p>
      {WORDS.map(
        (name) =>
          note[name] !== undefined && (
            <p key={name} className="prose">
              <strong>{texts[name]}</strong>：{note[name]}
            </p>
          ),
      )}
      {acknowledged ? (
        <p className="muted">{texts.taken(acknowledged.name, momentInWords(acknowledged.at))}</p>
      ) : (
        <button type="button" className="button primary" onClick={take}>
          {texts.take}
        </button>
      )}
    </>
  );
}

function WriteDialog({ onClose }: { onClose: () => void }) {
  const kept = useKeptDraft('hand-over', EMPTY);
  const { draft, set, clear } = kept;
  const client = useQueryClient();
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const { from, conditions, ...others } = draft;
    const filled = Object.entries(others).filter(([, words]) => words.trim() !== '');
    const body = { from, conditions, ...(Object.fromEntries(filled) as Partial<typeof others>) };
    await answered(api.POST('/api/v1/hand-overs', { params: { header: under(keyOf(body)) }, body }));
    clear();
    await client.invalidateQueries({ queryKey: HAND_OVERS });
    onClose();
  });
  return (
    <DialogForm title={texts.write} submission={submission} submit={texts.submit} kept={kept} onClose={onClose}>
      <p>{texts.what}</p>
      <TextField
        label={texts.from}
        required
        wrong={submission.fields.from}
        value={draft.from}
        onChange={({ target }) => set({ from: target.value })}
      />
      {WORDS.map((name) => (
        <ProseField
          key={name}
          label={texts[name]}
          rows={3}
          required={name === 'conditions'}
          wrong={submission.fields[name]}
          value={draft[name]}
          onChange={({ target }) => set({ [name]: target.value })}
        />
      ))}
    </DialogForm>
  );
}

function TakeDialog({ handOverId, onClose }: { handOverId: string; onClose: () => void }) {
  const kept = useKeptDraft(`hand-over/${handOverId}`, { name: '' });
  const { name } = kept.draft;
  const client = useQueryClient();
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const body = { name };
    await answered(
      api.POST('/api/v1/hand-overs/{handOverId}/acknowledgement', {
        params: { path: { handOverId }, header: under(keyOf(body)) },
        body,
      }),
    );
    kept.clear();
    await client.invalidateQueries({ queryKey: HAND_OVERS });
    onClose();
  });
  return (
    <DialogForm title={texts.takeTitle} submission={submission} submit={texts.take} kept={kept} onClose={onClose}>
      <TextField
        label={texts.name}
        required
        wrong={submission.fields.name}
        value={name}
        onChange={({ target }) => kept.set({ name: target.value })}
      />
    </DialogForm>
  );
}
