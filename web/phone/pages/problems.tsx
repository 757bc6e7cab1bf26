/** Problems that are still open, and the word that one was put right. */
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { ProseField } from '../../shared/forms.js';
import { Empty } from '../../shared/states.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { unitResource } from '../current.js';
import { useDraft } from '../drafts.js';
import { type Work, WorkPage } from '../frame.js';
import { SendForm } from '../send.js';

const texts = phoneTexts.problems;

export const ProblemsPage = () => (
  <WorkPage title={texts.title}>
    {(work) =>
      work.unit.openProblems.length === 0 ? (
        <Empty>{texts.none}</Empty>
      ) : (
        work.unit.openProblems.map((problem) => <ProblemCard key={problem.problemId} problem={problem} work={work} />)
      )
    }
  </WorkPage>
);

const NOTHING = { note: '' };

function ProblemCard({ problem, work }: { problem: Schemas['ReportedProblem']; work: Work }) {
  const { problemId, what, where, foundAt, handedTo, until } = problem;
  const name = `${work.episode.episodeId}/problem/${problemId}`;
  const { value, savedAt, change } = useDraft(name, NOTHING);
  const facts = [
    [texts.where, where],
    [texts.foundAt, foundAt && momentInWords(foundAt)],
    [texts.handedTo, handedTo],
    [texts.until, until && momentInWords(until)],
  ] as const;
  return (
    <section className="card">
      <h2>{what}</h2>
      <dl className="facts">
        {facts.map(([label, fact]) =>
          fact ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{fact}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {value && (
        <details>
          <summary>{texts.resolved}</summary>
          <SendForm
            path={`${unitResource(work)}/problems/${encodeURIComponent(problemId)}/resolution`}
            label={texts.label(what)}
            submit={texts.send}
            body={() => ({ note: value.note.trim() })}
            drafts={[name]}
            savedAt={savedAt}
          >
            <ProseField
              label={texts.note}
              rows={2}
              value={value.note}
              onChange={({ target }) => change({ note: target.value })}
            />
          </SendForm>
        </details>
      )}
    </section>
  );
}
