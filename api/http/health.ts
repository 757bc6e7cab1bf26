import { Router } from 'express';
import type { Logger } from 'pino';
import type { Database } from '../../ledger/database.js';
import { interruptedRealEpisodes } from '../../ledger/interruptions.js';
import { tryWriting } from '../../ledger/settings.js';
import { shareUnderWay } from '../../lib/share-under-way.js';
import { illChannels } from '../engine/channel-health.js';
import type { EpisodeEngine } from '../engine/engine.js';
import { Problem } from './problems.js';

export interface Monitored {
  database: Database;
  engine: Pick<EpisodeEngine, 'isWorking'>;
  metrics: { contentType: string; text(): Promise<string> };
  log: Logger;
}

/** Addresses for monitoring: alive, ready for work, figures. */
export function healthRoutes({ database, engine, metrics, log }: Monitored): Router {
  const parts: Array<{ name: string; check: () => Promise<boolean> }> = [
    { name: '数据库', check: shareUnderWay(() => tryWriting(database).then(() => true)) },
    { name: '流程引擎', check: shareUnderWay(() => engine.isWorking()) },
  ];
  const interruptions = shareUnderWay(() => interruptedRealEpisodes(database));

  const ill = shareUnderWay(() => illChannels(database));

  return Router()
    .get('/healthz', (_request, response) => {
      response.json({ status: 'ok' });
    })
    .get('/readyz', async (_request, response) => {
      for (const { name, check } of parts) {
        const ready = await check().catch((error: unknown) => {
          log.warn({ err: error }, 'not ready');
          return false;
        });
        if (!ready) throw new Problem('not-ready', `${name}尚未就绪，请稍后再试。`);
      }
      const interrupted = await interruptions();
      if (interrupted.length > 0) {
        throw new Problem(
          'episode-interrupted',
          `过程 ${interrupted.join('、')} 的运行已中断，正在从台账恢复，请稍后再试；一分钟后仍未恢复的，请查看日志。`,
        );
      }
      // The work goes on, and other channels are used meanwhile: not a reason to take the process out of service.
      const channels = (await ill()).map(({ channel, since, fault }) => ({ channel, since, fault }));
      response.json({ status: 'ready', ...(channels.length > 0 ? { channels } : {}) });
    })
    .get('/metrics', async (_request, response) => {
      response.type(metrics.contentType).send(await metrics.text());
    });
}
