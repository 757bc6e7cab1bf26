/** Commands to the district's chain (docs/decisions/0041). */

import { refuseDone, refuseUnknownRevision } from '../../district/decide.js';
import type { DistrictCommandBody, RevisionState } from '../../district/entries.js';
import { DISTRICT_CHAIN, findRevision } from '../../district/state.js';
import type { DistrictCommand } from '../../district/turn.js';
import { type DistrictRecord, readDistrict } from '../../ledger/chain/district.js';
import { problemOf } from '../http/problems.js';
import { type Accepted, accepted, alreadyCarriedOut } from './commands.js';
import type { Context } from './context.js';

export interface FoundRevision {
  record: DistrictRecord;
  revision: RevisionState;
}

/** A revision; with a unit in the address, one of that unit's. */
export async function theRevision({ database }: Context, ids: Record<string, string>): Promise<FoundRevision> {
  const { revisionId = '', unitId } = ids;
  const record = await readDistrict(database);
  const revision = findRevision(record.state, revisionId);
  if (!revision || (unitId !== undefined && revision.unitId !== unitId))
    throw problemOf(refuseUnknownRevision(revisionId));
  return { record, revision };
}

/** Carries a command out at most once. `about`: the revision that it changes. */
export async function carryOutForDistrict(
  asking: { context: Context; isKeyNew: boolean },
  command: DistrictCommand,
  about?: RevisionState,
): Promise<Accepted> {
  const before = await alreadyCarriedOut(asking, DISTRICT_CHAIN, command);
  if (before) return before;
  // The chain has forgotten what is done, and with it the clause.
  if (about?.done) throw problemOf(refuseDone(about.revisionId, about));
  return accepted(asking.context.gate.submit(DISTRICT_CHAIN, command));
}

export type RevisionCommandBody = Extract<
  DistrictCommandBody,
  { kind: 'noteRevision' | 'postponeRevision' | 'completeRevision' }
>;
