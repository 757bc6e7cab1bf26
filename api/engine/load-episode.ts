import { refuse } from '../../episode/decide/refusals.js';
import { findNotice, findTask, findUnit, own, unitsOf } from '../../episode/state.js';
import type { EpisodeState, NoticeState, UnitState } from '../../episode/state-types.js';
import { findEpisode, readState } from '../../ledger/reading/reading.js';
import { notFound, problemOf } from '../http/problems.js';
import type { Context } from './context.js';

type Ids = Record<string, string>;

/** An episode from the read model. `state` has only the units that were asked for. */
export interface FoundEpisode {
  episodeId: string;
  state: EpisodeState;
}

export interface FoundUnit extends FoundEpisode {
  unitId: string;
  unit: UnitState;
}

export interface FoundTask extends FoundUnit {
  taskId: string;
}

export const theEpisode = async ({ database }: Context, { episodeId = '' }: Ids): Promise<FoundEpisode> => ({
  episodeId,
  state: found(await findEpisode(database, episodeId), episodeId),
});

/** With all its units. */
export const theWholeEpisode = async ({ database }: Context, { episodeId = '' }: Ids): Promise<FoundEpisode> => ({
  episodeId,
  state: found(await readState(database, episodeId), episodeId),
});

function found(state: EpisodeState | undefined, episodeId: string): EpisodeState {
  if (!state) throw notFound('episode', episodeId);
  return state;
}

export async function theUnitOfEpisode(
  { reads }: Context,
  { episodeId = '', unitId = '' }: { episodeId?: string; unitId?: string },
): Promise<FoundUnit> {
  const state = found(await reads.withUnit(episodeId, unitId), episodeId);
  return { episodeId, unitId, unit: unitIn(state, unitId), state };
}

function unitIn(state: EpisodeState, unitId: string): UnitState {
  const unit = findUnit(state, unitId);
  if (!unit) throw problemOf(refuse('unitUnknown', state.binding.rules, { unitId }));
  return unit;
}

/** A unit, with all the others of its episode. */
export async function theUnitAmongAll(context: Context, ids: Ids): Promise<FoundUnit> {
  const { episodeId, state } = await theWholeEpisode(context, ids);
  const { unitId = '' } = ids;
  return { episodeId, unitId, unit: unitIn(state, unitId), state };
}

export interface FoundNotice extends FoundEpisode {
  notice: NoticeState;
}

export const theNotice = async (context: Context, ids: Ids): Promise<FoundNotice> =>
  withNotice(await theEpisode(context, ids), ids);

/** A notice, with all the units of its episode. */
export const theNoticeAmongAll = async (context: Context, ids: Ids): Promise<FoundNotice> =>
  withNotice(await theWholeEpisode(context, ids), ids);

function withNotice(found: FoundEpisode, { noticeId = '' }: Ids): FoundNotice {
  const notice = findNotice(found.state, noticeId);
  if (!notice) throw problemOf(refuse('noticeUnknown', found.state.binding.rules, { noticeId }));
  return { ...found, notice };
}

export interface FoundProblem extends FoundUnit {
  problemId: string;
}

export async function theProblem(context: Context, ids: Ids): Promise<FoundProblem> {
  const ofUnit = await theUnitOfEpisode(context, ids);
  const { problemId = '' } = ids;
  if (!own(ofUnit.unit.problems, problemId))
    throw problemOf(refuse('problemUnknown', ofUnit.state.binding.rules, { problemId }));
  return { ...ofUnit, problemId };
}

export async function theTask(context: Context, ids: Ids): Promise<FoundTask> {
  const ofUnit = await theUnitOfEpisode(context, ids);
  const { taskId = '' } = ids;
  if (!findTask(ofUnit.unit, taskId)) throw problemOf(refuse('taskUnknown', ofUnit.state.binding.rules, { taskId }));
  return { ...ofUnit, taskId };
}

/** A task that any unit of the episode has. */
export async function theTaskOfAnyUnit(context: Context, ids: Ids): Promise<FoundEpisode & { taskId: string }> {
  const { episodeId, state } = await theWholeEpisode(context, ids);
  const { taskId = '' } = ids;
  if (!unitsOf(state).some((unit) => findTask(unit, taskId)))
    throw problemOf(refuse('taskUnknown', state.binding.rules, { taskId }));
  return { episodeId, state, taskId };
}
