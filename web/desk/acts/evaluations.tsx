/** How the measures work, as the office noted it. */
import type { ReactNode } from 'react';
import { momentInWords } from '../../shared/beijing.js';
import { Queried } from '../../shared/states.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useEntries } from '../episode-queries.js';

const texts = actTexts.measures;

export function Evaluations({ episodeId, now }: { episodeId: string; now: number }): ReactNode {
  return (
    <Queried query={useEntries(episodeId, 'response.evaluated')}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">{texts.noEvaluation}</p>
        ) : (
          <ul className="lines">
            {items.map(({ seq, episodeTime, data }) => (
              <li key={seq}>
                <span className="muted number">
                  {texts.seq(seq)} {momentInWords(episodeTime, now)}
                </span>{' '}
                <span className="prose">{String(data.text)}</span>
                {Array.isArray(data.supplements) && data.supplements.length > 0 && (
                  <div>
                    <span className="muted">{texts.supplements}：</span>
                    {data.supplements.join('；')}
                  </div>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Queried>
  );
}
