/** A unit's failure, referred to the supervisor or the committee (§7). */
import { nameOf } from '../../episode/state.js';
import type { Topic } from '../../plan/wording/events.js';
import { OUTCOMES } from '../../plan/wording/words.js';
import { levelInForce, levelUnlessLifted, several } from './common-values.js';
import { itemOf } from './deadlines.js';
import type { MessageInput } from './message-input.js';

export const referralTopics = (input: MessageInput): Topic[] =>
  input.entries.flatMap((entry): Topic[] => {
    if (entry.kind !== 'unit.referred') return [];
    const { unitId, to, about, reason } = entry.data;
    const items = about.map((one) => ({ ...itemOf(one, input), outcome: OUTCOMES[one.outcome] }));
    const values = {
      levelName: levelUnlessLifted(input),
      unitName: nameOf(input.state, unitId),
      referredTo: input.edition.plan.bodies[to].name,
      duty: items[0]!.duty,
      several: several(items),
      items,
      reason,
      clause: entry.clause ?? '',
    };
    return [{ event: 'referral', level: levelInForce(input), values }];
  });
