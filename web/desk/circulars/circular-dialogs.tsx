/** What the office does about a circular: closes it with a word, or presses those who have not answered. */
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField } from '../../shared/forms.js';
import { circularTexts } from '../../texts/zh-CN/circulars.js';
import { ActDialog } from '../acts/act-dialog.js';
import { useKeptDraft } from '../kept-draft.js';

export interface CircularDialogProps {
  episodeId: string;
  drill: boolean;
  circular: Schemas['Circular'];
  onClose: () => void;
  onDone: (what: string, seq: number) => void;
}

/** For one unit, or for all for which it is open. */
export function ClosingDialog({
  episodeId,
  drill,
  circular,
  unitId,
  onClose,
  onDone,
}: CircularDialogProps & { unitId?: string | undefined }): ReactNode {
  const texts = circularTexts.closing;
  const { circularId, items, title } = circular;
  const kept = useKeptDraft(`circular-closing/${episodeId}/${circularId}/${unitId ?? ''}`, { note: '' });
  const { note } = kept.draft;
  const open = items.filter(({ closedAt }) => closedAt === undefined);
  const named = items.find((one) => one.unitId === unitId)?.name ?? title;
  return (
    <ActDialog
      title={texts.title(named)}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(unitId === undefined ? open.length : 1)}
      body={{ note, ...(unitId !== undefined && { unitIds: [unitId] }) }}
      send={(body, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/circulars/{circularId}/closing', {
            params: { path: { episodeId, circularId }, header: under(key) },
            body,
          }),
        )
      }
      submit={texts.submit}
      kept={kept}
      onClose={onClose}
      onDone={(seq) => onDone(texts.title(named), seq)}
    >
      {(wrong) => (
        <ProseField
          label={texts.note}
          hint={texts.noteHint}
          required
          rows={3}
          wrong={wrong.note}
          value={note}
          onChange={({ target }) => kept.set({ note: target.value })}
        />
      )}
    </ActDialog>
  );
}

const UNMET = ['pending', 'missed'];

/** Each kind of what is open goes to the units that owe it. */
export const openAbout = ({ items }: Schemas['Circular'], deadline: 'circular' | 'measures'): string[] =>
  items.flatMap(({ unitId, closedAt, status, measures }) => {
    const standing = deadline === 'circular' ? status : (measures?.status ?? '');
    return closedAt === undefined && UNMET.includes(standing) ? [unitId] : [];
  });

/** Those that have not acknowledged are urged to, the others to answer. */
export function CircularUrgeDialog({ episodeId, drill, circular, onClose, onDone }: CircularDialogProps): ReactNode {
  const texts = circularTexts.urging;
  const kept = useKeptDraft(`circular-urge/${episodeId}/${circular.circularId}`, { text: '' });
  const { text } = kept.draft;
  const unread = openAbout(circular, 'circular');
  const deadline = unread.length > 0 ? 'circular' : 'measures';
  const unitIds = unread.length > 0 ? unread : openAbout(circular, 'measures');
  return (
    <ActDialog
      title={texts.title}
      drill={drill}
      episodeId={episodeId}
      what={texts.what(unitIds.length)}
      body={{ unitIds, about: [{ deadline, subject: circular.circularId }], ...(text.trim() && { text }) }}
      send={(body, key) =>
        answered(
          api.POST('/api/v1/episodes/{episodeId}/urges', {
            params: { path: { episodeId }, header: under(key) },
            body: body as Schemas['UrgeRequest'],
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
        <ProseField
          label={texts.text}
          hint={texts.textHint}
          maxLength={200}
          wrong={wrong.text}
          value={text}
          onChange={({ target }) => kept.set({ text: target.value })}
        />
      )}
    </ActDialog>
  );
}
