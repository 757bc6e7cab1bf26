/** Database and engine belong together: both carry the mark of their installation. */
import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import type { Database } from '../ledger/database.js';
import { findInstallation, hasOpenEpisodes, installationOf } from '../ledger/installation.js';
import { StartError } from '../lib/start-error.js';
import { SCHEDULES } from '../workflows/contract.js';
import { ensureSchedules } from './schedules.js';

/**
 * Throws `StartError` when database and engine are of different installations, or one of them is new and the other has
 * work. Otherwise marks the new ones. The engine's mark is a memo of its schedule, which needs no rights over the
 * namespace and stays when closed runs go.
 */
export const requireOneInstallation = async (database: Database, client: Client): Promise<void> => {
  // The engine first: of processes that start at once, one marks the database and then the engine.
  const ofEngine = await markOfEngine(client);
  const ofDatabase = await findInstallation(database);
  if (ofEngine === undefined && ofDatabase !== undefined && (await hasOpenEpisodes(database)))
    throw new StartError(
      `数据库中有未结束的过程，流程引擎却是新的：引擎的数据${PLACES.engine}丢失了，或换成了别处的。${RESTORE}`,
    );
  if (ofEngine !== undefined && ofDatabase === undefined)
    throw new StartError(
      `流程引擎属于另一个数据库，而数据库是新的：数据库${PLACES.database}丢失了，或换成了别处的。${RESTORE}`,
    );
  if (ofEngine !== undefined && ofEngine !== ofDatabase)
    throw new StartError(`流程引擎${PLACES.engine}和数据库${PLACES.database}属于两个不同的安装。${RESTORE}`);
  await ensureSchedules(client, await installationOf(database));
};

const PLACES = {
  engine: '（单机版在数据目录的 temporal.sqlite，多机版由 TEMPORAL_ADDRESS 和 TEMPORAL_NAMESPACE 指定）',
  database: '（单机版在数据目录的 database，多机版由 DATABASE_URL 指定）',
};
const RESTORE = '请把两者恢复为同一次备份后重新启动；没有备份时，见 docs/operations.md 的 Backups。';

async function markOfEngine(client: Client): Promise<string | undefined> {
  try {
    const { memo } = await client.schedule.getHandle(SCHEDULES[0].scheduleId).describe();
    return memo?.installation as string | undefined;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
