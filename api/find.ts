import { findTask, findUnit } from '../episode/state.js';
import type { EpisodeState } from '../episode/types.js';
import { contactListOf } from '../ledger/contacts.js';
import { findOverride, type StoredOverride } from '../ledger/duty-overrides.js';
import { findEpisode, readState } from '../ledger/reading.js';
import { findImport, type RosterImport } from '../ledger/roster-imports.js';
import type { Context } from './context.js';
import { isHolder } from './holders.js';
import { notFound, Problem } from './problems.js';

type Ids = Record<string, string>;

/** An episode as the read model has it; `state` has no units but those that were asked for. */
export interface FoundEpisode {
  episodeId: string;
  state: EpisodeState;
}

export interface FoundUnit extends FoundEpisode {
  unitId: string;
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
  if (!findUnit(state, unitId)) throw new Problem('unit-unknown', '本次过程的责任单位中没有这个单位，请核对单位。');
  return { episodeId, unitId, state };
}

export async function theTask(context: Context, ids: Ids): Promise<FoundTask> {
  const ofUnit = await theUnitOfEpisode(context, ids);
  const { taskId = '' } = ids;
  if (!findTask(findUnit(ofUnit.state, ofUnit.unitId)!, taskId))
    throw new Problem('task-unknown', '本单位在本次响应中没有该项任务，请刷新任务清单后再试。');
  return { ...ofUnit, taskId };
}

/** A unit of the directory, one added during an episode, or a body that is no unit. */
export async function theHolder({ database, edition }: Context, { unitId = '' }: Ids): Promise<string> {
  if (!isHolder(edition, unitId) && (await contactListOf(database, unitId)) === undefined)
    throw new Problem('unit-unknown', '名录中没有这个单位，请核对单位。');
  return unitId;
}

export async function theOverride(context: Context, ids: Ids): Promise<StoredOverride> {
  const holder = await theHolder(context, ids);
  const override = await findOverride(context.database, ids.overrideId ?? '');
  if (override?.holder !== holder) throw notFound('这条替班记录');
  return override;
}

export async function theImport({ database }: Context, { importId = '' }: Ids): Promise<RosterImport> {
  const one = await findImport(database, importId);
  if (!one) throw notFound('这次导入');
  return one;
}
