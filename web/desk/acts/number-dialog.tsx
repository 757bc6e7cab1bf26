/** A notice that came by telephone gets its number later; a wrong one is put right. */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { TextField } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useKeptDraft } from '../kept-draft.js';
import { ActDialog } from './act-dialog.js';
import { onlyGiven } from './only-given.js';

const texts = actTexts.notices.dialog;

export interface NumberDialogProps {
  episodeId: string;
  drill: boolean;
  notice: Schemas['Episode']['notices'][number];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function NumberDialog({ episodeId, drill, notice, onClose, onDone }: NumberDialogProps): ReactNode {
  const [before] = useState(notice);
  const { noticeId, name } = before;
  const [known] = useState(() => ({
    number: before.number ?? '',
    ownNumber: before.ownNotice?.number ?? '',
    ownTitle: before.ownNotice?.title ?? '',
  }));
  const kept = useKeptDraft(`number/${episodeId}/${noticeId}`, known);
  const { number, ownNumber, ownTitle } = kept.draft;
  const ownNotice = onlyGiven({ number: ownNumber, title: ownTitle });
  const body = { ...onlyGiven({ number }), ...(Object.keys(ownNotice).length > 0 && { ownNotice }) };
  const title = (before.number === undefined ? texts.title : texts.correct)(name);
  return (
    <ActDialog
      title={title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/notices/{noticeId}/number', {
            params: { path: { episodeId, noticeId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(title, seq)}
    >
      {(wrong) => (
        <>
          <TextField
            label={texts.number}
            wrong={wrong.number}
            value={number}
            onChange={({ target }) => kept.set({ number: target.value })}
          />
          <TextField
            label={texts.ownNumber}
            wrong={wrong['ownNotice.number'] ?? wrong.ownNotice}
            value={ownNumber}
            onChange={({ target }) => kept.set({ ownNumber: target.value })}
          />
          <TextField
            label={texts.ownTitle}
            wrong={wrong['ownNotice.title']}
            value={ownTitle}
            onChange={({ target }) => kept.set({ ownTitle: target.value })}
          />
        </>
      )}
    </ActDialog>
  );
}
