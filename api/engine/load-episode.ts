import { findTask, findUnit, own } from '../../episode/state.js';
import type { EpisodeState, UnitState } from '../../episode/state-types.js';
import { findEpisode, readState } from '../../ledger/reading/reading.js';
import { notFound, Problem } from '../http/problems.js';
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
  state: found(await findEpisode(database, episodeId)),
});

/** With all its units. */
export const theWholeEpisode = async ({ database }: Context, { episodeId = '' }: Ids): Promise<FoundEpisode> => ({
  episodeId,
  state: found(await readState(database, episodeId)),
});

function found(state: EpisodeState | undefined): EpisodeState {
  if (!state) throw notFound('这次重污染天气过程');
  return state;
}

export async function theUnitOfEpisode(
  { reads }: Context,
  { episodeId = '', unitId = '' }: { episodeId?: string; unitId?: string },
): Promise<FoundUnit> {
  const state = found(await reads.withUnit(episodeId, unitId));
  const unit = findUnit(state, unitId);
  if (!unit) throw new Problem('unit-unknown', '本次过程的责任单位中没有这个单位，请核对单位。');
  return { episodeId, unitId, unit, state };
}

export interface FoundProblem extends FoundUnit {
  problemId: string;
}

export async function theProblem(context: Context, ids: Ids): Promise<FoundProblem> {
  const ofUnit = await theUnitOfEpisode(context, ids);
  const { problemId = '' } = ids;
  if (!own(ofUnit.unit.problems, problemId))
    throw new Problem('problem-unknown', '本单位在本次过程中没有这个问题，请刷新问题清单后再试。');
  return { ...ofUnit, problemId };
}

export async function theTask(context: Context, ids: Ids): Promise<FoundTask> {
  const ofUnit = await theUnitOfEpisode(context, ids);
  const { taskId = '' } = ids;
  if (!findTask(ofUnit.unit, taskId))
    throw new Problem('task-unknown', '本单位在本次响应中没有该项任务，请刷新任务清单后再试。');
  return { ...ofUnit, taskId };
}
