/** The engine: a configured cluster, or the embedded server. */
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import { StartError } from '../../lib/start-error.js';
import { startDevServer } from './dev-server.js';
import { findTemporal, type Search } from './program.js';
import { ensureRetention } from './retention.js';

export interface Engine {
  connection: NativeConnection;
  namespace: string;
  /** Days the engine keeps closed runs. */
  retentionDays: number;
  /** Closes the connection and ends an embedded engine. Stop everything that uses the connection first. */
  close(): Promise<void>;
}

/** Connects to a cluster. Throws `StartError` when it does not answer or keeps closed runs for too short a time. */
export const connectEngine = async (config: ClientConnectConfig): Promise<Engine> => {
  const namespace = config.namespace ?? 'default';
  let connection: NativeConnection;
  try {
    connection = await NativeConnection.connect(config.connectionOptions);
  } catch (error) {
    throw new StartError(
      `连接不上 Temporal（${config.connectionOptions.address}）：${String(error)}。请检查 TEMPORAL_ADDRESS 和网络。`,
    );
  }
  try {
    const retentionDays = await ensureRetention(connection, namespace);
    return { connection, namespace, retentionDays, close: () => connection.close() };
  } catch (error) {
    await connection.close();
    throw error;
  }
};

export interface EmbeddedOptions extends Search {
  /** The data folder, which the caller owns. */
  folder: string;
  log: Logger;
  /** The engine ended and could not be started again. */
  onLost: (error: unknown) => void;
}

/**
 * Starts the embedded engine. If it ends by itself, it is started again at the same address, where connections find it.
 * Throws `StartError` as its parts do.
 */
export const embedEngine = async ({ folder, log, onLost, ...search }: EmbeddedOptions): Promise<Engine> => {
  const program = await findTemporal(search);
  let closing = false;
  let server = await startDevServer({ program, folder, persistent: true, ui: true });
  const keepAlive = async (): Promise<void> => {
    for (;;) {
      await server.ended;
      if (closing) return;
      log.error('the engine ended unexpectedly and is started again');
      server = await startDevServer({ program, folder, persistent: true, ui: true, port: server.port });
      if (closing) await server.stop();
    }
  };
  const kept = keepAlive().catch((error: unknown) => {
    if (!closing) onLost(error);
  });
  const end = async (): Promise<void> => {
    closing = true;
    await server.stop();
    await kept;
  };
  try {
    const engine = await connectEngine({
      // On one machine, compressing the connection only costs time.
      connectionOptions: { address: server.address, grpcCompression: { codec: 'none' } },
    });
    log.info({ address: server.address, ui: server.uiUrl }, 'embedded engine started');
    return {
      ...engine,
      close: async () => {
        await engine.close();
        await end();
      },
    };
  } catch (error) {
    await end();
    throw error;
  }
};
