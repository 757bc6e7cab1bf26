/** Where and when a text of the public appeared: medium, time, address, pictures. */
import { type ReactNode, useId } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { fromWallTime } from '../../shared/beijing.js';
import { TextField } from '../../shared/forms.js';
import { publicWordsTexts } from '../../texts/zh-CN/public-words.js';
import { ActDialog } from '../acts/act-dialog.js';
import { ClockField } from '../acts/clock-field.js';
import { AttachmentsField, type GivenAttachment } from '../attachments-field.js';
import { wrongIn } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = publicWordsTexts.note;
const EMPTY = { medium: '', at: '', url: '', attachments: [] as GivenAttachment[] };

export interface AppearanceDialogProps {
  episodeId: string;
  drill: boolean;
  media: readonly string[];
  text: Schemas['PublicWords']['texts'][number];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

export function AppearanceDialog(props: AppearanceDialogProps): ReactNode {
  const { episodeId, drill, media, text, onClose, onDone } = props;
  const known = useId();
  const kept = useKeptDraft(`appearance/${episodeId}/${text.textId}`, { ...EMPTY, medium: text.missing[0] ?? '' });
  const { medium, at, url, attachments } = kept.draft;
  const body = {
    textId: text.textId,
    medium,
    at: fromWallTime(at),
    ...(url.trim() === '' ? {} : { url: url.trim() }),
    ...(attachments.length > 0 ? { attachmentIds: attachments.map(({ attachmentId }) => attachmentId) } : {}),
  };
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(text.title)}
      body={body}
      send={(given, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/appearances', {
            params: { path: { episodeId }, header: under(key) },
            body: given,
          }),
        )
      }
      submit={texts.submit}
      isEmpty={at === ''}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title, seq)}
    >
      {(wrong) => (
        <>
          <TextField
            label={texts.medium}
            hint={texts.mediumHint(media.join('、'))}
            required
            list={known}
            wrong={wrong.medium}
            value={medium}
            onChange={({ target }) => kept.set({ medium: target.value })}
          />
          <datalist id={known}>
            {media.map((one) => (
              <option key={one} value={one} />
            ))}
          </datalist>
          <ClockField
            drill={drill}
            label={texts.at}
            wrong={wrong.at}
            value={at}
            onChange={(moment) => kept.set({ at: moment })}
          />
          <TextField
            label={texts.url}
            hint={texts.urlHint}
            type="url"
            wrong={wrong.url}
            value={url}
            onChange={({ target }) => kept.set({ url: target.value })}
          />
          <AttachmentsField
            label={texts.pictures}
            hint={texts.picturesHint}
            wrong={wrongIn(wrong, 'attachmentIds')}
            attachments={attachments}
            onChange={(given) => kept.set({ attachments: given })}
          />
        </>
      )}
    </ActDialog>
  );
}
