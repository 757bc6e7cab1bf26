/** The unit's own review (§5.2), in four parts. */
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { ProseField } from '../../shared/forms.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { Unread, type Work, WorkPage } from '../frame.js';
import { usePhoneRead } from '../reads.js';
import { SendForm, useOutboxRow, wrongFields } from '../send.js';

const texts = phoneTexts.summary;
const PARTS = ['work', 'lessons', 'shortcomings', 'proposals'] as const;

export const SummaryPage = () => <WorkPage title={texts.title}>{(work) => <WithSummary work={work} />}</WorkPage>;

function WithSummary({ work }: { work: Work }) {
  const path = { episodeId: work.episode.episodeId, unitId: work.unitId };
  const isHandedIn = work.unit.summaryAt !== undefined;
  const reading = usePhoneRead(isHandedIn ? `summary/${path.episodeId}` : '', () =>
    answered(api.GET('/api/v1/episodes/{episodeId}/units/{unitId}/summary', { params: { path } })),
  );
  if (isHandedIn && !reading.data) return <Unread reading={reading} />;
  return <SummaryForm work={work} before={reading.data} />;
}

const NOTHING = {};

function SummaryForm({ work, before }: { work: Work; before: Schemas['SummaryAnswer'] | undefined }) {
  const name = `${work.episode.episodeId}/summary`;
  const path = `${unitResource(work)}/summary`;
  const draft = useDraft<Partial<Record<(typeof PARTS)[number], string>>>(name, NOTHING);
  const wrong = wrongFields(useOutboxRow(path));
  if (!draft.value) return null;
  const textOf = (part: (typeof PARTS)[number]) => draft.value?.[part] ?? before?.[part] ?? '';
  return (
    <>
      {before && <p className="notice good">{texts.submitted(momentInWords(before.submittedAt))}</p>}
      <SendForm
        path={path}
        method="PUT"
        label={texts.label}
        submit={before ? texts.correct : texts.send}
        body={() => Object.fromEntries(PARTS.map((part) => [part, textOf(part).trim()]))}
        drafts={[name]}
        savedAt={draft.savedAt}
      >
        {PARTS.map((part) => (
          <ProseField
            key={part}
            label={texts[part]}
            rows={5}
            required
            wrong={wrong[part]}
            value={textOf(part)}
            onChange={({ target }) => draft.change({ [part]: target.value })}
          />
        ))}
      </SendForm>
    </>
  );
}
