/** An answer to what people ask, or to what is told wrongly (§5.2). */
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField, SelectField, TextField } from '../../shared/forms.js';
import { publicWordsTexts } from '../../texts/zh-CN/public-words.js';
import { ActDialog } from '../acts/act-dialog.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';

const { state: texts, subjects } = publicWordsTexts;

type Subject = Schemas['StatementRequest']['about'];
const EMPTY = { about: 'concern' as Subject, title: '', text: '', corrects: '', shown: false };

export interface StatementDialogProps {
  episodeId: string;
  drill: boolean;
  /** Those that stand, which a correction may take the place of. */
  standing: ReadonlyArray<Schemas['PublicWords']['texts'][number]>;
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function StatementDialog({ episodeId, drill, standing, onClose, onDone }: StatementDialogProps): ReactNode {
  const kept = useKeptDraft(`statement/${episodeId}`, EMPTY);
  const { about, title, text, corrects, shown } = kept.draft;
  const body = {
    about,
    title,
    text,
    ...(corrects === '' ? {} : { corrects }),
    ...(drill ? { onPublicPages: shown } : {}),
  };
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={drill ? texts.whatInDrill : texts.what}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/statements', {
            params: { path: { episodeId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      tone={drill ? 'primary' : 'danger'}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title, seq)}
    >
      {(wrong) => (
        <>
          <ChoiceField
            label={texts.about}
            choices={choicesOf(subjects)}
            wrong={wrong.about}
            value={about}
            onChoice={(value) => kept.set({ about: value as Subject })}
          />
          <TextField
            label={texts.heading}
            required
            wrong={wrong.title}
            value={title}
            onChange={({ target }) => kept.set({ title: target.value })}
          />
          <ProseField
            label={texts.text}
            hint={texts.textHint}
            required
            rows={6}
            wrong={wrong.text}
            value={text}
            onChange={({ target }) => kept.set({ text: target.value })}
          />
          {standing.length > 0 && (
            <SelectField
              label={texts.corrects}
              choices={[
                { value: '', label: texts.correctsNone },
                ...standing.map((one) => ({ value: one.textId, label: `${one.textId} ${one.title}` })),
              ]}
              wrong={wrong.corrects}
              value={corrects}
              onChoice={(value) => kept.set({ corrects: value })}
            />
          )}
          {drill && (
            <label className="choice">
              <input type="checkbox" checked={shown} onChange={({ target }) => kept.set({ shown: target.checked })} />{' '}
              {texts.shown}
            </label>
          )}
        </>
      )}
    </ActDialog>
  );
}
