/** The office's review: its words left, what the units wrote right; published, it closes the episode. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Countdown, type EpisodeClockFace, Timestamp } from '../../shared/clock.js';
import { ProseField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { FaultNotice, Queried } from '../../shared/states.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { DialogForm } from '../dialog-form.js';
import { reviewQuery } from '../documents/paper-queries.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { PaperLinks } from '../episode/paper-links.js';
import { useBoard } from '../episode-queries.js';
import { useKeptDraft } from '../kept-draft.js';
import {
  askedIn,
  type RevisionDraft,
  RevisionFields,
  RevisionsAsked,
  revisionDrafts,
} from '../revisions/review-revisions.js';
import { useIsOffice } from '../role.js';

const texts = episodeTexts.review;
const route = getRouteApi('/episodes/$episodeId/review');

type Review = Schemas['Review'];

export function ReviewPage(): ReactNode {
  const { episodeId } = route.useParams();
  const query = useQuery(reviewQuery(episodeId));
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {({ liftedAt, drill }, clock) => (
        <Queried query={query}>
          {(review) => (
            <div className="two-columns">
              <section className="panel">
                <PaperLinks
                  episodeId={episodeId}
                  address="review"
                  isSent={review.status === 'published'}
                  endings={['docx']}
                />
                {liftedAt === undefined ? (
                  <p className="muted">{texts.notYet}</p>
                ) : (
                  <Writing episodeId={episodeId} drill={drill} review={review} clock={clock} />
                )}
              </section>
              {liftedAt !== undefined && <FromUnits review={review} />}
            </div>
          )}
        </Queried>
      )}
    </EpisodeFrame>
  );
}

type ReviewDraft = Record<keyof typeof texts.fields, string> & {
  plan: boolean;
  sitePlan: boolean;
  revisions: RevisionDraft[];
};

const EMPTY: ReviewDraft = {
  conclusions: '',
  work: '',
  lessons: '',
  shortcomings: '',
  proposals: '',
  publicText: '',
  plan: false,
  sitePlan: false,
  revisions: [],
};

const FIELDS = Object.keys(texts.fields) as Array<keyof typeof texts.fields>;

function draftOf({ content }: Review): ReviewDraft {
  if (!content) return EMPTY;
  const { planRevisionNeeded, sitePlanRevisionNeeded, revisions, ...words } = content as Schemas['ReviewRequest'];
  return {
    ...EMPTY,
    ...words,
    plan: planRevisionNeeded,
    sitePlan: sitePlanRevisionNeeded === true,
    revisions: revisionDrafts(revisions),
  };
}

interface WritingProps {
  episodeId: string;
  drill: boolean;
  review: Review;
  clock: EpisodeClockFace;
}

function Writing({ episodeId, drill, review, clock }: WritingProps) {
  const [first] = useState(() => draftOf(review));
  const { draft, set } = useKeptDraft(`review/${episodeId}`, first);
  const [seq, setSeq] = useState<number>();
  const [isPublishing, setPublishing] = useState(false);
  const keyOf = useKeyOf();
  const units = (useBoard(episodeId).data?.units ?? []).map(({ unitId, name }) => ({ value: unitId, label: name }));
  const path = { episodeId };
  const saving = useSubmission(async () => {
    const { plan, sitePlan, conclusions, revisions, ...others } = draft;
    const filled = Object.entries(others).filter(([, words]) => words.trim() !== '');
    const body = {
      conclusions,
      planRevisionNeeded: plan,
      sitePlanRevisionNeeded: sitePlan,
      ...(revisions.length > 0 && { revisions: askedIn(revisions) }),
      ...(Object.fromEntries(filled) as Partial<typeof others>),
    };
    const { entry } = await answered(
      api.PUT('/api/v1/episodes/{episodeId}/review', { params: { path, header: under(keyOf(body)) }, body }),
    );
    setSeq(entry.seq);
    tellNews(episodeId);
  });
  const isOffice = useIsOffice();
  if (review.status === 'published' || !isOffice) {
    const saved = draftOf(review);
    return (
      <>
        {review.publishedAt ? (
          <p className="notice good">{texts.published(momentInWords(review.publishedAt))}</p>
        ) : (
          <p className="muted">{review.status === 'none' ? texts.notBegun : texts.notPublished}</p>
        )}
        {FIELDS.filter((field) => saved[field] !== '').map((field) => (
          <section key={field}>
            <h3>{texts.fields[field]}</h3>
            <p className="prose">{saved[field]}</p>
          </section>
        ))}
        {saved.revisions.length > 0 && <RevisionsAsked asked={askedIn(saved.revisions)} units={units} />}
      </>
    );
  }
  return (
    <>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void saving.run();
        }}
      >
        {review.dueAt && (
          <p>
            {texts.due} <Timestamp at={review.dueAt} />（<Countdown until={review.dueAt} clock={clock} />）
          </p>
        )}
        {FIELDS.map((field) => (
          <ProseField
            key={field}
            label={texts.fields[field]}
            rows={3}
            required={field === 'conclusions'}
            wrong={saving.fields[field]}
            value={draft[field]}
            onChange={({ target }) => set({ [field]: target.value })}
          />
        ))}
        <label className="choice">
          <input type="checkbox" checked={draft.plan} onChange={({ target }) => set({ plan: target.checked })} />{' '}
          {texts.planRevision}
        </label>{' '}
        <label className="choice">
          <input
            type="checkbox"
            checked={draft.sitePlan}
            onChange={({ target }) => set({ sitePlan: target.checked })}
          />{' '}
          {texts.sitePlanRevision}
        </label>
        <RevisionFields
          drill={drill}
          units={units}
          drafts={draft.revisions}
          wrong={saving.fields}
          onChange={(revisions) => set({ revisions })}
        />
        <FaultNotice fault={saving.fault} />
        {seq !== undefined && (
          <p className="notice good" role="status">
            {texts.saved(seq)}
          </p>
        )}
        <div className="actions">
          <button type="submit" className="button primary" disabled={saving.busy}>
            {texts.save}
          </button>
          <button
            type="button"
            className="button danger"
            disabled={review.status === 'none'}
            onClick={() => setPublishing(true)}
          >
            {texts.publish}
          </button>
        </div>
      </form>
      {isPublishing && (
        <PublishDialog episodeId={episodeId} drill={drill} review={review} onClose={() => setPublishing(false)} />
      )}
    </>
  );
}

function PublishDialog({ episodeId, drill, review, onClose }: Omit<WritingProps, 'clock'> & { onClose: () => void }) {
  const keyOf = useKeyOf();
  const publishing = useSubmission(async () => {
    const header = under(keyOf('publish'));
    await answered(
      api.POST('/api/v1/episodes/{episodeId}/review/publication', {
        params: { path: { episodeId }, header },
        body: {},
      }),
    );
    tellNews(episodeId);
    onClose();
  });
  return (
    <DialogForm
      title={texts.publish}
      drill={drill}
      submission={publishing}
      submit={texts.publish}
      tone="danger"
      onClose={onClose}
    >
      <p>{texts.publishAsk}</p>
      <Missing review={review} />
    </DialogForm>
  );
}

function Missing({ review: { missingSummaries, openProblems, withoutResponse } }: { review: Review }) {
  if (withoutResponse) return null;
  return (
    <>
      <p className={missingSummaries.length > 0 ? 'bad-words' : undefined}>
        {missingSummaries.length > 0 ? texts.missing(missingSummaries.map(({ name }) => name).join('、')) : texts.allIn}
      </p>
      {openProblems > 0 && <p className="bad-words">{texts.openProblems(openProblems)}</p>}
    </>
  );
}

const SUMMARY_FIELDS = ['work', 'lessons', 'shortcomings', 'proposals'] as const;

function FromUnits({ review }: { review: Review }) {
  return (
    <section className="panel" aria-labelledby="summaries">
      <h2 id="summaries">{texts.summaries}</h2>
      <Missing review={review} />
      {review.summaries.map((summary) => (
        <details key={summary.unitId}>
          <summary>
            {summary.name} <Timestamp at={summary.submittedAt} />
          </summary>
          {SUMMARY_FIELDS.map((field) => (
            <p key={field}>
              <strong>{texts.fields[field]}</strong>：{summary[field]}
            </p>
          ))}
        </details>
      ))}
    </section>
  );
}
