/** The day's digest for the office (§5.1): reports, sums, and the units that have not acknowledged. */
import { nameOf, unitsOf } from '../../episode/state.js';
import { taskCountsOf } from '../../episode/views.js';
import type { Topic } from '../../plan/wording/events.js';
import { dayBriefly, dayInWords } from '../../plan/wording/words.js';
import { levelInForce, levelValues } from './common-values.js';
import type { MessageInput } from './message-input.js';

export const digestTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    const digest = entry.kind === 'digest.compiled' ? input.digests.get(entry.data.date) : undefined;
    if (!digest) return [];
    const { state } = input;
    const level = levelInForce(input);
    const names = (unitIds: string[]) => unitIds.map((unitId) => nameOf(state, unitId)).join('、');
    const unconfirmed = unitsOf(state).filter(({ acknowledgements }) => acknowledgements.at(-1)?.metAt === undefined);
    const counts = unitsOf(state).map((unit) => taskCountsOf(state, unit));
    const sum = (of: keyof (typeof counts)[number]) => counts.reduce((total, one) => total + one[of], 0);
    return [
      {
        event: 'daily-digest',
        level,
        values: {
          ...levelValues(level),
          day: dayInWords(digest.date),
          dayBrief: dayBriefly(digest.date),
          unitCount: String(digest.submitted + digest.outstanding.length),
          reportsIn: String(digest.submitted),
          reportsMissing: digest.outstanding.length > 0 ? String(digest.outstanding.length) : '',
          missingUnits: names(digest.outstanding),
          pausedCount: digest.paused.length > 0 ? String(digest.paused.length) : '',
          paused: names(digest.paused),
          problems: digest.problems.reported > 0 ? String(digest.problems.reported) : '',
          openProblems: String(digest.problems.open),
          figures: digest.figures
            .filter(({ sum, beside = 0, gap = 0 }) => sum > 0 || beside > 0 || gap > 0)
            .map(({ name, unit, sum, beside = 0, gap = 0 }) => ({
              name,
              unit,
              sum: String(sum),
              beside: beside > 0 ? String(beside) : '',
              gap: gap > 0 ? String(gap) : '',
            })),
          unacknowledged: state.liftedAt === undefined ? names(unconfirmed.map(({ unitId }) => unitId)) : '',
          tasksDone: String(sum('done')),
          taskCount: String(sum('total')),
          notApplicable: sum('notApplicable') > 0 ? String(sum('notApplicable')) : '',
        },
      },
    ];
  });
