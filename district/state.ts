/** The district's chain before its first entry, and what can be read off its state. */
import type { Instant } from '../episode/commands.js';
import { GENESIS } from '../episode/hash-chain.js';
import type { DistrictMessage, DistrictState, RevisionState } from './entries.js';

/** One for the installation, beside the chains of episodes. */
export const DISTRICT_CHAIN = 'district';
export const DISTRICT_RULES_VERSION = 1;

export const beginDistrict = (): DistrictState => ({
  opened: 0,
  handedOver: [],
  revisions: [],
  messages: {},
  commands: [],
  head: { seq: 0, hash: GENESIS, at: 0 },
});

export const findRevision = ({ revisions }: DistrictState, revisionId: string): RevisionState | undefined =>
  revisions.find((one) => one.revisionId === revisionId);

/** As the chain carries it from run to run: what is done is in the ledger, and no decision reads it. */
export const withoutDone = (state: DistrictState): DistrictState =>
  state.revisions.some(({ done }) => done) ? { ...state, revisions: openRevisions(state) } : state;

export const isOverdue = ({ done, dueAt }: RevisionState, now: Instant): boolean => !done && now > dueAt;

export const openRevisions = ({ revisions }: DistrictState): RevisionState[] => revisions.filter(({ done }) => !done);

/** The messages that may go, in the order in which they arose. */
export const readyReminders = ({ messages }: DistrictState, now: Instant): DistrictMessage[] =>
  Object.values(messages)
    .filter(({ notBefore }) => notBefore <= now)
    .sort((one, other) => one.about[0] - other.about[0]);
