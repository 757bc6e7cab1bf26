/** How messages are worded: the templates in force, tried out with other words. Nothing is changed here. */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { answered, api } from '../../shared/api.js';
import { SelectField } from '../../shared/forms.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { wordingTexts as texts } from '../../texts/zh-CN/wording.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { PLAN_LEVELS } from '../plan/plan-query.js';
import { oneOf } from '../search-words.js';
import { PlaceholderTable } from '../wording/placeholder-table.js';
import { Trial } from '../wording/trial.js';

const route = getRouteApi('/admin/wording');

export function WordingPage(): ReactNode {
  usePageTitle(texts.title);
  const navigate = route.useNavigate();
  const { event, level = 'yellow' } = route.useSearch();
  const query = useQuery({ queryKey: ['messages-wording'], queryFn: () => answered(api.GET('/api/v1/plan/messages')) });
  return (
    <div className="reading">
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <Queried query={query}>
        {({ items, frame }) => {
          const item = items.find((one) => one.event === event) ?? items[0]!;
          const atLevel = item.levels.find((one) => one.level === level)!;
          return (
            <>
              <SelectField
                label={texts.event}
                choices={items.map((one) => ({ value: one.event, label: one.about }))}
                value={item.event}
                onChoice={(chosen) => void navigate({ search: { event: chosen, level }, replace: true })}
              />
              <ChoiceField
                label={texts.level}
                choices={choicesOf(texts.levels)}
                value={level}
                onChoice={(chosen) =>
                  void navigate({ search: { event: item.event, level: oneOf(PLAN_LEVELS, chosen) }, replace: true })
                }
              />
              <Trial key={`${item.event} ${level}`} event={item.event} atLevel={atLevel} />
              <PlaceholderTable placeholders={allOf(item.placeholders, frame.placeholders)} />
            </>
          );
        }}
      </Queried>
    </div>
  );
}

/** What an event shares with the frame of every message stands once. */
const allOf = <T extends { name: string }>(...lists: ReadonlyArray<readonly T[]>): T[] => [
  ...new Map(lists.flat().map((one) => [one.name, one])).values(),
];
