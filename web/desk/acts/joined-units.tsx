/** Units that joined during the episode, with a way to hand each its first password. */
import type { ReactNode } from 'react';
import { momentInWords } from '../../shared/beijing.js';
import { Queried } from '../../shared/states.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { useEntries } from '../episode-queries.js';

const texts = actTexts.measures;

export interface JoinedUnitsProps {
  episodeId: string;
  now: number;
  issue: ((unit: { unitId: string; name: string }) => void) | undefined;
}

export function JoinedUnits({ episodeId, now, issue }: JoinedUnitsProps): ReactNode {
  return (
    <Queried query={useEntries(episodeId, 'unit.added')}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="muted">{texts.noUnit}</p>
        ) : (
          <ul className="lines">
            {items.map(({ seq, unitId = '', episodeTime, data }) => {
              const name = String(data.name);
              return (
                <li key={seq}>
                  {texts.joined(name, momentInWords(episodeTime, now))}{' '}
                  {issue && (
                    <button
                      type="button"
                      className="link-button"
                      aria-label={texts.passwordOf(name)}
                      onClick={() => issue({ unitId, name })}
                    >
                      {texts.password}
                    </button>
                  )}
                </li>
              );
            })}
          </ul>
        )
      }
    </Queried>
  );
}
