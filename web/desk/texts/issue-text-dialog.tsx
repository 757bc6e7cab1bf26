/** Asks once before a text is issued: an entry of the record cannot be taken back. */
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { useKeyOf, useSubmission } from '../../shared/forms.js';
import { issuingTexts } from '../../texts/zh-CN/issuing.js';
import { DialogForm } from '../dialog-form.js';

const texts = issuingTexts;

export interface IssueTextDialogProps {
  episodeId: string;
  drill: boolean;
  row: Pick<Schemas['WarningText'], 'noticeId' | 'audience' | 'versions'>;
  words: { title: string; text: string; number: string };
  /** What was read before it was changed. */
  basis: string;
  broadcast: Schemas['WarningTexts']['broadcast'];
  onClose: () => void;
  onDone: (said: string) => Promise<void>;
}

export function IssueTextDialog({
  episodeId,
  drill,
  row,
  words,
  basis,
  broadcast: { media, everyMinutes },
  onClose,
  onDone,
}: IssueTextDialogProps): ReactNode {
  const { noticeId, audience, versions } = row;
  const [onPublicPages, setShown] = useState(false);
  const canBroadcast = audience === 'public' && media > 0;
  const [isBroadcast, setBroadcast] = useState(canBroadcast && !drill);
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const body = { ...words, onPublicPages, ...(canBroadcast && { broadcast: isBroadcast }) };
    const header = { ...under(keyOf({ body, basis })), 'If-Match': basis };
    const { entry, versions: issued } = await answered(
      api.POST('/api/v1/episodes/{episodeId}/texts/{noticeId}/{audience}/issues', {
        params: { path: { episodeId, noticeId, audience }, header },
        body,
      }),
    );
    await onDone(texts.issued(texts.audiences[audience], issued[0]?.version ?? 1, entry.seq));
  });
  const act = (versions.length > 0 ? texts.correct : texts.issue)[audience];
  const isAsked = drill && audience === 'public';
  return (
    <DialogForm
      title={`${act}：${texts.audiences[audience]}`}
      drill={drill}
      submission={submission}
      submit={act}
      onClose={onClose}
    >
      <p>{words.title}</p>
      <p>{isAsked ? texts.drillAsk : texts.issueAsk[audience]}</p>
      {isAsked && (
        <label className="choice">
          <input type="checkbox" checked={onPublicPages} onChange={({ target }) => setShown(target.checked)} />{' '}
          {texts.show}
        </label>
      )}
      {canBroadcast && (
        <label className="choice">
          <input type="checkbox" checked={isBroadcast} onChange={({ target }) => setBroadcast(target.checked)} />{' '}
          {drill ? texts.broadcastDrill : texts.broadcastTo(media, everyMinutes)}
        </label>
      )}
    </DialogForm>
  );
}
