/** Database and engine belong together: both carry the mark of their installation. */
import { type Client, ScheduleNotFoundError } from '@temporalio/client';
import type { Logger } from 'pino';
import { openChains } from '../ledger/chain/resume.js';
import { verify } from '../ledger/chain/verification.js';
import type { Database } from '../ledger/database.js';
import { findInstallation, installationOf } from '../ledger/installation.js';
import { StartError } from '../lib/start-error.js';
import { SCHEDULES } from '../workflows/contract.js';
import { onceAnswered } from './once-answered.js';
import { ensureSchedules } from './schedules.js';

/**
 * Throws `StartError` when database and engine are of different installations, or the database is new and the engine is
 * not. Otherwise marks the new ones. Beside a new engine open episodes go on from the ledger (worker/revive.ts); that is
 * told, and refused when the record of one of them does not hold. The engine's mark is a memo of its schedule, which needs
 * no rights over the namespace and stays when closed runs go.
 */
export const requireOneInstallation = async (database: Database, client: Client, log: Logger): Promise<void> => {
  // The engine first: of processes that start at once, one marks the database and then the engine.
  const ofEngine = await markOfEngine(client);
  const ofDatabase = await findInstallation(database);
  if (ofEngine === undefined && ofDatabase !== undefined) await requireRecordsToGoOnFrom(database, log);
  if (ofEngine !== undefined && ofDatabase === undefined)
    throw new StartError(
      `流程引擎属于另一个数据库，而数据库是新的：数据库${PLACES.database}丢失了，或换成了别处的。${RESTORE}`,
    );
  if (ofEngine !== undefined && ofEngine !== ofDatabase)
    throw new StartError(`流程引擎${PLACES.engine}和数据库${PLACES.database}属于两个不同的安装。${RESTORE}`);
  await ensureSchedules(client, await installationOf(database));
};

/** A record that verifies can be folded, as the worker will. */
async function requireRecordsToGoOnFrom(database: Database, log: Logger): Promise<void> {
  const episodeIds = (await openChains(database)).map(({ chainId }) => chainId);
  for (const episodeId of episodeIds) {
    const { valid, differences } = await verify(database, episodeId);
    if (!valid)
      throw new StartError(
        `流程引擎是新的：引擎的数据${PLACES.engine}丢失了，或换成了别处的；未结束的过程 ${episodeId} 的台账未通过校验（${differences[0]}），不能从台账接着运行。${RESTORE}`,
      );
  }
  if (episodeIds.length === 0) return;
  const line = `流程引擎是新的${PLACES.engine}：未结束的过程 ${episodeIds.join('、')} 从台账接着运行。如果是连错了引擎，请立即停止并改正。`;
  log.warn({ episodeIds }, line);
  process.stderr.write(`${line}\n`);
}

const PLACES = {
  engine: '（单机版在数据目录的 temporal.sqlite，多机版由 TEMPORAL_ADDRESS 和 TEMPORAL_NAMESPACE 指定）',
  database: '（单机版在数据目录的 database，多机版由 DATABASE_URL 指定）',
};
const RESTORE = '请把两者恢复为同一次备份后重新启动；没有备份时，见 docs/operations.md 的 Backups。';

async function markOfEngine(client: Client): Promise<string | undefined> {
  try {
    const schedule = client.schedule.getHandle(SCHEDULES[0].scheduleId);
    const { memo } = await onceAnswered(() => schedule.describe());
    return memo?.installation as string | undefined;
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return undefined;
    throw error;
  }
}
