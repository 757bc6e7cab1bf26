/** Something that was done late or not at all, in words: by when, how late, under which clause. */
import type { ReactNode } from 'react';
import type { Schemas } from '../shared/api.js';
import { millisecondsOf, momentInWords } from '../shared/beijing.js';
import { lengthInWords } from '../shared/clock.js';
import { actTexts } from '../texts/zh-CN/acts.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { episodeTexts } from '../texts/zh-CN/episode.js';
import { deadlineSubject, deadlineTitle } from './deadline-words.js';

const texts = episodeTexts.accountability;
const explanationTexts = actTexts.explanation;

export type UnitBreach = Schemas['Accountability']['office']['breaches'][number];

const AT_FIRST = 4;

export interface BreachListProps {
  breaches: readonly UnitBreach[];
  /** Whose they are. */
  name: string;
  /** Writes down what the unit says of one; absent for whoever may only read. */
  explain?: ((breach: UnitBreach) => void) | undefined;
}

/** Who reports nothing for a month has a line a day: the first ones are shown, the others when somebody opens them. */
export function BreachList({ breaches, ...line }: BreachListProps): ReactNode {
  const [first, rest] = [breaches.slice(0, AT_FIRST), breaches.slice(AT_FIRST)];
  return (
    <>
      <BreachLines {...line} breaches={first} />
      {rest.length > 0 && (
        <details>
          <summary>{texts.more(rest.length)}</summary>
          <BreachLines {...line} breaches={rest} />
        </details>
      )}
    </>
  );
}

const BreachLines = ({ breaches, name, explain }: BreachListProps) =>
  breaches.map((breach) => {
    const { deadline, explanation } = breach;
    return (
      <div key={`${deadline} ${deadlineSubject(breach)}`}>
        {breachInWords(breach)}{' '}
        {explain && (
          <button
            type="button"
            className="link-button not-printed"
            aria-label={explanationTexts.openFor(name, breachInWords(breach))}
            onClick={() => explain(breach)}
          >
            {explanationTexts.open}
          </button>
        )}
        {explanation && (
          <div className="small">
            {explanationTexts.stated(explanation.reason)}
            {explanation.byOffice && explanationTexts.byOffice}
          </div>
        )}
      </div>
    );
  });

export function breachInWords(breach: UnitBreach): string {
  const { dueAt, metAt, clause, urged } = breach;
  const name = deadlineTitle(breach);
  const due = momentInWords(dueAt);
  const words =
    metAt === undefined
      ? texts.missed(name, due)
      : texts.late(name, due, momentInWords(metAt), lengthInWords(millisecondsOf(metAt) - millisecondsOf(dueAt)));
  return `${words}${urged === undefined ? '' : texts.urged(urged)}${commonTexts.clause(clause)}`;
}
