/** The times that a drill has of its own, where they differ from the office's. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answered, api } from '../../shared/api.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';
import { ofEpisode } from '../queries.js';
import { DRILL_TIMES } from './notice-draft.js';
import { policyValueInWords, usePolicy } from './policy-words.js';

export function DrillPolicy({ episodeId }: { episodeId: string }): ReactNode {
  const known = usePolicy();
  const own = useQuery({
    queryKey: ofEpisode(episodeId, 'policy'),
    queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/policy', { params: { path: { episodeId } } })),
  });
  if (!own.data || own.data.changed.length === 0) return null;
  const { changed, policy } = own.data;
  const rows = changed.map((name) => {
    const label = known.data?.items.find((one) => one.name === name)?.label ?? name;
    return { name, label, value: name in DRILL_TIMES ? policyValueInWords(policy[name]) : texts.drillPolicyOther };
  });
  return (
    <section className="panel" aria-labelledby="drill-policy">
      <h2 id="drill-policy">{texts.drillPolicy}</h2>
      <p className="muted">{texts.drillPolicyDiffers}</p>
      <ul className="lines">
        {rows.map(({ name, label, value }) => (
          <li key={name}>
            {label}：<span className="number">{value}</span>
            {name in DRILL_TIMES && texts.drillUnits[DRILL_TIMES[name as keyof typeof DRILL_TIMES]]}
          </li>
        ))}
      </ul>
    </section>
  );
}
