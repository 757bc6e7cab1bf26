/** The engine we talk to: a cluster that is configured, or the embedded one. */
import type { ClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import { StartError } from '../start-error.js';
import { type DevServer, startDevServer } from './dev-server.js';
import { findTemporal, type Search } from './program.js';
import { ensureRetention } from './retention.js';

export interface Engine {
  connection: NativeConnection;
  namespace: string;
  /** Days the engine keeps closed runs. */
  retentionDays: number;
  /** Only of an embedded engine. */
  server?: DevServer;
  /** Closes the connection and ends an embedded engine; whoever uses the connection has to have stopped. */
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

/** Starts the embedded engine in `folder`, which the caller owns. Throws `StartError` as its parts do. */
export const embedEngine = async (search: Search, folder: string): Promise<Engine> => {
  const program = await findTemporal(search);
  const server = await startDevServer({ program, folder, persistent: true, ui: true });
  try {
    const engine = await connectEngine({
      // On the same machine, compressing what goes back and forth only costs time.
      connectionOptions: { address: server.address, grpcCompression: { codec: 'none' } },
    });
    return {
      ...engine,
      server,
      close: async () => {
        await engine.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
};
