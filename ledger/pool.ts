import pg from 'pg';

/**
 * A connection that breaks fails its queries, and the pool drops it. Without listeners, on the pool for idle ones and on each for
 * those in a transaction between two queries, the error would end the process.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool(config);
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
