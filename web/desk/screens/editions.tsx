/** The edition in force: what it is, what it holds, and how it differs from the one that was shipped. */
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { editionTexts as texts } from '../../texts/zh-CN/policy.js';
import { useUnits } from '../administration/account-fields.js';
import { usePolicy } from '../notices/policy-words.js';
import { LEVEL_OF_RESPONSE, type PlanRead, usePlan } from '../plan/plan-query.js';
import { PolicyValue } from '../plan/policy-value.js';
import '../plan/plan.css';

export function EditionsPage(): ReactNode {
  usePageTitle(texts.title);
  const plan = usePlan();
  return (
    <div className="reading">
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <Queried query={plan}>
        {(read) => (
          <div className="two-columns">
            <Facts {...read} />
            <Content {...read} />
          </div>
        )}
      </Queried>
      <Compared />
    </div>
  );
}

const FACTS = Object.entries(texts.facts) as Array<[keyof typeof texts.facts, string]>;

function Facts({ edition }: PlanRead) {
  const policy = usePolicy();
  return (
    <section className="panel">
      <dl className="facts wide">
        {FACTS.map(([name, label]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{edition[name]?.value}</dd>
          </div>
        ))}
        <div>
          <dt>{texts.id}</dt>
          <dd>{edition.id}</dd>
        </div>
        <div>
          <dt>{texts.hash}</dt>
          <dd>
            <span className="hash">{policy.data?.edition.hash}</span>
            <p className="small muted">{texts.hashHint}</p>
          </dd>
        </div>
      </dl>
    </section>
  );
}

function Content({ items, document, standingDuties, holidays }: PlanRead) {
  const units = useUnits();
  const counts = [
    texts.counts.clauses(document.length),
    units.data && texts.counts.units(units.data.items.length),
    ...(['III', 'II', 'I'] as const).map((level) =>
      texts.counts.tasks(
        commonTexts.levels[LEVEL_OF_RESPONSE[level]],
        items.filter(({ levels }) => levels.includes(level)).length,
      ),
    ),
    texts.counts.standing(standingDuties.length),
  ];
  return (
    <section className="panel">
      <h2>{texts.content}</h2>
      <ul>{counts.map((line) => line && <li key={line}>{line}</li>)}</ul>
      <p>
        <Link to="/plan">{texts.toPlan}</Link>
      </p>
      <h2>{texts.holidays}</h2>
      <ul>
        {holidays.years.map(({ year, source }) => (
          <li key={year}>{texts.year(year, source)}</li>
        ))}
      </ul>
    </section>
  );
}

function Compared() {
  const policy = usePolicy();
  return (
    <section aria-labelledby="compared">
      <h2 id="compared">{texts.compared}</h2>
      <Queried query={policy}>
        {({ items }) => {
          const changed = items.filter(({ isChanged }) => isChanged);
          if (!items.some(({ shipped }) => shipped !== undefined)) return <p className="notice">{texts.own}</p>;
          if (changed.length === 0) return <p className="notice good">{texts.same}</p>;
          return (
            <>
              <p>{texts.differs(changed.length)}</p>
              <ul>
                {changed.map(({ name, label, value, shipped }) => (
                  <li key={name}>
                    {label}：<PolicyValue name={name} value={shipped} /> → <PolicyValue name={name} value={value} />
                  </li>
                ))}
              </ul>
            </>
          );
        }}
      </Queried>
      <p>
        <Link to="/admin/policy">{texts.toPolicy}</Link>
      </p>
    </section>
  );
}
