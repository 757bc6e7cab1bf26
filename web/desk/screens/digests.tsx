/** The digests of the days, and one with the text that goes to the city. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { dateInWords, momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Empty, Queried } from '../../shared/states.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { digestsQuery } from '../documents/paper-queries.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { PaperLinks } from '../episode/paper-links.js';
import { TextToCity } from '../episode/text-to-city.js';
import { ListTable } from '../list-table.js';
import { ofEpisode } from '../queries.js';
import { useIsOffice } from '../role.js';

const texts = episodeTexts.digests;
const listRoute = getRouteApi('/episodes/$episodeId/digests');
const route = getRouteApi('/episodes/$episodeId/digests/$date');

type Submission = Schemas['DigestRow']['submission'];

const submissionInWords = ({ submittedAt, correctedAt }: Submission): string => {
  if (correctedAt !== undefined) return texts.corrected(momentInWords(correctedAt));
  return submittedAt === undefined ? texts.draft : texts.sent(momentInWords(submittedAt));
};

const SubmissionChip = ({ submission }: { submission: Submission }) => (
  <Chip tone={submission.status === 'draft' ? 'warn' : 'good'}>{submissionInWords(submission)}</Chip>
);

export function DigestsPage(): ReactNode {
  const { episodeId } = listRoute.useParams();
  const query = useQuery(digestsQuery(episodeId));
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {() => (
        <Queried query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{texts.none}</Empty>
            ) : (
              <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
                {items.map(({ date, submitted, outstanding, submission }) => (
                  <tr key={date}>
                    <th scope="row">
                      <Link to="/episodes/$episodeId/digests/$date" params={{ episodeId, date }}>
                        {dateInWords(date)}
                      </Link>
                    </th>
                    <td className="number">{submitted}</td>
                    <td className="number">{outstanding}</td>
                    <td>
                      <SubmissionChip submission={submission} />
                    </td>
                  </tr>
                ))}
              </ListTable>
            )
          }
        </Queried>
      )}
    </EpisodeFrame>
  );
}

export function DigestPage(): ReactNode {
  const { episodeId, date } = route.useParams();
  const path = { episodeId, date };
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'digests', date),
    queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/digests/{date}', { params: { path } })),
  });
  const isOffice = useIsOffice();
  const isSent = query.data?.submission.status === 'submitted';
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.of(dateInWords(date))}>
      {() => (
        <Queried query={query}>
          {(digest) => (
            <div className="two-columns">
              <DigestNumbers digest={digest} />
              <section className="panel">
                <SubmissionChip submission={digest.submission} />
                <PaperLinks
                  episodeId={episodeId}
                  address={`digests/${date}`}
                  isSent={isSent}
                  endings={['docx', 'xlsx']}
                />
                {isOffice ? (
                  <TextToCity
                    key={date}
                    name={`digest/${episodeId}/${date}`}
                    episodeId={episodeId}
                    written={digest.submission.text}
                    writtenAs={isSent ? 'sent' : 'draft'}
                    label={texts.text}
                    hint={texts.textHint}
                    submit={isSent ? texts.correct : texts.submit}
                    send={(text, key) =>
                      answered(
                        api.POST('/api/v1/episodes/{episodeId}/digests/{date}/submission', {
                          params: { path, header: under(key) },
                          body: { text },
                        }),
                      )
                    }
                  />
                ) : (
                  <p className="prose">{digest.submission.text}</p>
                )}
              </section>
            </div>
          )}
        </Queried>
      )}
    </EpisodeFrame>
  );
}

const namesOf = (units: ReadonlyArray<{ name: string }>): string => units.map(({ name }) => name).join('、');

function DigestNumbers({ digest }: { digest: Schemas['Digest'] }) {
  const { submitted, outstanding, paused, problems, figures } = digest;
  return (
    <section className="panel" aria-labelledby="figures">
      <p>
        {texts.reported(submitted)}，{texts.outstanding(outstanding.length)}
        {outstanding.length > 0 && `：${namesOf(outstanding)}`}
      </p>
      {paused.length > 0 && <p>{texts.paused(namesOf(paused))}</p>}
      <p>{texts.problems(problems.reported, problems.open)}</p>
      <h2 id="figures">{texts.figures}</h2>
      {figures.length === 0 ? (
        <p className="muted">{texts.noFigures}</p>
      ) : (
        <ListTable caption={texts.figures} heads={Object.values(texts.figureColumns)}>
          {figures.map(({ id, name, sum, unit, beside, gap }) => (
            <tr key={id}>
              <th scope="row">{name}</th>
              <td className="number">{sum}</td>
              <td>{unit}</td>
              <td className="number">{beside}</td>
              <td className={gap === undefined || gap === 0 ? 'number' : 'number bad-words'}>{gap}</td>
            </tr>
          ))}
        </ListTable>
      )}
    </section>
  );
}
