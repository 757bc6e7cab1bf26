/**
 * The time for which the engine keeps closed runs (docs/design.md, "Growth and change"). Replays and archives need
 * them; a dev server's default is a day.
 */
import { msToTs } from '@temporalio/common/lib/time.js';
import type { NativeConnection } from '@temporalio/worker';
import { StartError } from '../../lib/start-error.js';

const DAY_SECONDS = 86_400;
export const WANTED_DAYS = 90;
export const LEAST_DAYS = 7;

const retentionDays = async (connection: NativeConnection, namespace: string): Promise<number> => {
  const described = await connection.workflowService.describeNamespace({ namespace });
  return Number(described.config?.workflowExecutionRetentionTtl?.seconds ?? 0) / DAY_SECONDS;
};

/**
 * Raises the namespace's retention to 90 days where it is shorter and we may. Answers the retention in days. Throws
 * `StartError` below 7, or when the namespace is missing.
 */
export const ensureRetention = async (connection: NativeConnection, namespace: string): Promise<number> => {
  let days: number;
  try {
    days = await retentionDays(connection, namespace);
  } catch (error) {
    throw new StartError(
      `Temporal 命名空间 ${namespace} 不能使用：${String(error)}。请先建立它，或检查 TEMPORAL_NAMESPACE。`,
    );
  }
  if (days >= WANTED_DAYS) return days;
  try {
    await connection.workflowService.updateNamespace({
      namespace,
      config: { workflowExecutionRetentionTtl: msToTs(`${WANTED_DAYS} days`) },
    });
    return WANTED_DAYS;
  } catch {
    // On a shared cluster we may not change it, and take it as it is.
    if (days >= LEAST_DAYS) return days;
    throw new StartError(
      `Temporal 命名空间 ${namespace} 只保留已结束的运行 ${days} 天，少于 ${LEAST_DAYS} 天。请由管理员调为 ${WANTED_DAYS} 天后重新启动。`,
    );
  }
};
