/** The plan by clause, level and unit, and two of its levels side by side. */
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { SelectField } from '../../shared/forms.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { planTexts as texts } from '../../texts/zh-CN/plan.js';
import { useUnits } from '../administration/account-fields.js';
import { choicesOf } from '../fields.js';
import { ListTable } from '../list-table.js';
import { ComparedLevels } from '../plan/compared-levels.js';
import {
  isAtLevel,
  isWithin,
  type Level,
  type PlanRead,
  type PlanSection,
  partOf,
  usePlan,
} from '../plan/plan-query.js';
import { Answers, TaskLevels, TaskText, type UnitNames, unitNamesIn } from '../plan/task-cells.js';
import '../plan/plan.css';

const route = getRouteApi('/plan');

export function PlanPage(): ReactNode {
  usePageTitle(texts.title);
  const plan = usePlan();
  const units = useUnits();
  return (
    <div className="reading">
      <h1>{texts.title}</h1>
      <p className="muted">{texts.hint}</p>
      <Queried query={plan}>
        {(read) => (
          <Queried query={units}>
            {({ items }) => <Shown plan={read} names={unitNamesIn(read, items)} units={items} />}
          </Queried>
        )}
      </Queried>
    </div>
  );
}

interface ShownProps {
  plan: PlanRead;
  names: UnitNames;
  units: ReadonlyArray<{ unitId: string; name: string }>;
}

function Shown({ plan, names, units }: ShownProps) {
  const { level, unit, clause, against } = route.useSearch();
  const mine = plan.items.flatMap((item) => partOf(item, unit) ?? []);
  const within = (one: { clause: string }) => clause === undefined || isWithin(one.clause, clause);
  const ofUnit = unit === undefined ? names : undefined;
  if (level !== undefined && against !== undefined)
    return (
      <>
        <Filters units={units} document={plan.document} />
        <ComparedLevels items={mine} isShown={within} one={level} other={against} names={ofUnit} />
      </>
    );
  const items = mine.filter((item) => within(item) && (level === undefined || isAtLevel(item, level)));
  const standing = plan.standingDuties.filter(
    (duty) => within(duty) && level === undefined && (unit === undefined || duty.unitIds.includes(unit)),
  );
  return (
    <>
      <Filters units={units} document={plan.document} />
      <p className="muted" role="status">
        {texts.count(items.length)}
      </p>
      {plan.document.filter(within).map((section) => (
        <Section
          key={section.clause}
          section={section}
          items={items.filter((item) => sectionOf(item.clause, plan.document) === section)}
          names={ofUnit}
          isChosen={clause !== undefined}
        />
      ))}
      {items.length === 0 && standing.length === 0 && clause === undefined && <Empty>{texts.none}</Empty>}
      {standing.length > 0 && <Standing duties={standing} names={ofUnit} />}
    </>
  );
}

/** The section in which an entry of the plan stands: the longest clause that holds its own. */
const sectionOf = (clause: string, document: readonly PlanSection[]): PlanSection | undefined =>
  document.reduce<PlanSection | undefined>(
    (best, section) =>
      isWithin(clause, section.clause) && section.clause.length > (best?.clause.length ?? 0) ? section : best,
    undefined,
  );

function Filters({ units, document }: Pick<ShownProps, 'units'> & Pick<PlanRead, 'document'>) {
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/plan' });
  const show = (name: keyof typeof search) => (value: string) =>
    void navigate({ search: { ...search, [name]: value || undefined } });
  const levels = choicesOf(commonTexts.levels);
  return (
    <div className="filters">
      <SelectField
        label={texts.level}
        choices={[{ value: '', label: texts.allLevels }, ...levels]}
        value={search.level ?? ''}
        onChoice={(value) =>
          void navigate({
            search: { ...search, level: (value || undefined) as Level | undefined, against: undefined },
          })
        }
      />
      {search.level !== undefined && (
        <SelectField
          label={texts.against}
          choices={[{ value: '', label: texts.noAgainst }, ...levels.filter(({ value }) => value !== search.level)]}
          value={search.against ?? ''}
          onChoice={show('against')}
        />
      )}
      <SelectField
        label={texts.unit}
        choices={[
          { value: '', label: texts.allUnits },
          ...units.map(({ unitId, name }) => ({ value: unitId, label: name })),
        ]}
        value={search.unit ?? ''}
        onChoice={show('unit')}
      />
      <SelectField
        label={texts.clause}
        choices={[
          { value: '', label: texts.allClauses },
          ...document.map(({ clause, heading }) => ({ value: clause, label: texts.section(clause, heading) })),
        ]}
        value={search.clause ?? ''}
        onChoice={show('clause')}
      />
    </div>
  );
}

interface SectionProps {
  section: PlanSection;
  items: PlanRead['items'];
  names: UnitNames | undefined;
  /** Its own words are asked for, also where no task comes of them. */
  isChosen: boolean;
}

function Section({ section: { clause, heading, paragraphs }, items, names, isChosen }: SectionProps) {
  if (items.length === 0 && !isChosen) return null;
  const title = texts.section(clause, heading);
  return (
    <section className="plan-clause" aria-label={title}>
      <h2>{title}</h2>
      {paragraphs.length > 0 && (
        <details className="plan-text" open={isChosen}>
          <summary>{texts.printed}</summary>
          {paragraphs.map(({ id, number, lead, text }) => (
            <p key={id}>
              {number} {lead} {text}
            </p>
          ))}
        </details>
      )}
      {items.length > 0 && (
        <ListTable caption={texts.caption(title)} heads={Object.values(texts.columns)}>
          {items.map((item) => (
            <tr key={item.id}>
              <td className="plan-words">
                <TaskText task={item} />
              </td>
              <td className="clause">
                <TaskLevels task={item} />
              </td>
              <td>
                <Answers answers={item.answers} names={names} />
              </td>
            </tr>
          ))}
        </ListTable>
      )}
    </section>
  );
}

interface StandingProps {
  duties: PlanRead['standingDuties'];
  names: UnitNames | undefined;
}

const Standing = ({ duties, names }: StandingProps) => (
  <section className="plan-clause" aria-labelledby="standing">
    <h2 id="standing">{texts.standing}</h2>
    <p className="muted">{texts.standingHint}</p>
    <ul className="lines">
      {duties.map((duty) => (
        <li key={duty.id}>
          <TaskText task={duty} />{' '}
          {names && <span className="muted">{duty.units.map((unit) => names.get(unit) ?? unit).join('、')}</span>}
        </li>
      ))}
    </ul>
  </section>
);
