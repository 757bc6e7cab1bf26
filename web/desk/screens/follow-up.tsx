/** The report to the city after the lifting. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api, under } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Countdown, Timestamp } from '../../shared/clock.js';
import { Queried } from '../../shared/states.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { followUpQuery } from '../documents/paper-queries.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { PaperLinks } from '../episode/paper-links.js';
import { TextToCity } from '../episode/text-to-city.js';
import { useIsOffice } from '../role.js';

const texts = episodeTexts.followUp;
const route = getRouteApi('/episodes/$episodeId/follow-up');

export function FollowUpPage(): ReactNode {
  const { episodeId } = route.useParams();
  const path = { episodeId };
  const query = useQuery(followUpQuery(episodeId));
  const isOffice = useIsOffice();
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {(_, clock) => (
        <Queried query={query}>
          {({ status, text, dueAt, submittedAt, late = false }) => (
            <section className="panel">
              <PaperLinks
                episodeId={episodeId}
                address="follow-up-report"
                isSent={status === 'submitted'}
                endings={['docx']}
              />
              {status === 'submitted' && submittedAt ? (
                <>
                  <p className="notice good">{texts.submitted(momentInWords(submittedAt), late)}</p>
                  <p className="prose">{text}</p>
                </>
              ) : (
                <>
                  {dueAt && (
                    <p>
                      {texts.due} <Timestamp at={dueAt} />（<Countdown until={dueAt} clock={clock} />）
                    </p>
                  )}
                  {isOffice ? (
                    <TextToCity
                      name={`follow-up/${episodeId}`}
                      episodeId={episodeId}
                      written={text}
                      writtenAs="draft"
                      label={texts.text}
                      hint={texts.textHint}
                      submit={texts.submit}
                      send={(given, key) =>
                        answered(
                          api.POST('/api/v1/episodes/{episodeId}/follow-up-report/submission', {
                            params: { path, header: under(key) },
                            body: { text: given },
                          }),
                        )
                      }
                    />
                  ) : (
                    <p className="prose">{text}</p>
                  )}
                </>
              )}
            </section>
          )}
        </Queried>
      )}
    </EpisodeFrame>
  );
}
