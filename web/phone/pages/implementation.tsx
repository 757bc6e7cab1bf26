/** What has been put into effect (§4.2). */
import { momentInWords } from '../../shared/beijing.js';
import { ProseField } from '../../shared/forms.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { type Work, WorkPage } from '../frame.js';
import { SendForm, useOutboxRow, wrongFields } from '../send.js';

const texts = phoneTexts.implementation;

export const ImplementationPage = () => (
  <WorkPage title={texts.title}>{(work) => <ImplementationForm work={work} />}</WorkPage>
);

const NOTHING = { text: '' };

function ImplementationForm({ work }: { work: Work }) {
  const last = work.unit.implementation.slice(-1)[0];
  const name = `${work.episode.episodeId}/implementation/${last?.noticeId ?? ''}`;
  const path = `${unitResource(work)}/implementation-reports`;
  const { value, savedAt, change } = useDraft(name, NOTHING);
  const wrong = wrongFields(useOutboxRow(path));
  if (!value) return null;
  return (
    <>
      {last?.reportedAt && <p className="notice good">{texts.reported(momentInWords(last.reportedAt))}</p>}
      <SendForm
        path={path}
        label={texts.label}
        submit={texts.send}
        body={() => ({ text: value.text.trim() })}
        drafts={[name]}
        savedAt={savedAt}
      >
        <ProseField
          label={texts.text}
          hint={texts.textHint}
          rows={8}
          required
          wrong={wrong.text}
          value={value.text}
          onChange={({ target }) => change({ text: target.value })}
        />
      </SendForm>
    </>
  );
}
