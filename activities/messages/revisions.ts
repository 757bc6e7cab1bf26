/** What outlives an episode: revisions (§5.2) and what was open at the seal, told to its owner, and to the office where it is due. Of no episode. */

import type { CarriedMatter, RevisionReminded } from '../../district/entries.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import type { DeskValues } from '../../plan/wording/frame.js';
import { renderWording, wordingOf } from '../../plan/wording/render.js';
import { FOLLOWED_UP_NAMES, STAGES } from '../../plan/wording/revisions.js';
import type { Messages } from '../../plan/wording/templates.js';
import { timeBriefly, timeInWords } from '../../plan/wording/words.js';
import type { Telling } from './compose.js';

/** A revision as a message tells it: as it was asked, and when it is due by now. */
export interface RevisionTold extends Pick<RevisionReminded, 'stage'>, Pick<CarriedMatter, 'what' | 'text'> {
  owner: string;
  dueAt: number;
}

interface Around {
  messages: Messages;
  desk: DeskValues;
  /** The unit's name; empty: the office. */
  recipient: string;
  page: string;
}

export function tellingOfRevisions(
  revisions: readonly [RevisionTold, ...RevisionTold[]],
  { messages, desk, recipient, page }: Around,
): Telling {
  const items = revisions.map(({ what, text, owner, dueAt, stage }) => ({
    what: FOLLOWED_UP_NAMES[what],
    words: text,
    owner,
    dueAt: timeInWords(beijingIso(dueAt)),
    standing: STAGES[stage],
  }));
  const [first] = revisions;
  const values = {
    what: items[0]!.what,
    standing: items[0]!.standing,
    dueAtBrief: timeBriefly(beijingIso(first.dueAt)),
    several: revisions.length > 1 ? String(revisions.length) : '',
    items,
  };
  const words = renderWording(wordingOf(messages, 'revisions'), { ...desk, ...values });
  const isUnit = recipient !== '';
  const frame = {
    recipient,
    acknowledgeLink: '',
    workLink: isUnit ? page : '',
    viewLink: isUnit ? '' : page,
    ...desk,
  };
  return { messages, topics: [words], frame, standing: 'revisions', drill: false, shortFor: () => words.short };
}
