/** A server that speaks S3, with one bucket, in a folder of its own. For tests alone. */
import S3rver from 's3rver';
import type { S3Place } from '../blobs/s3-store.js';

export interface S3Server {
  place: S3Place;
  stop(): Promise<void>;
}

const BUCKET = 'evidence';

/** Sets the credentials that the SDK reads from the environment. */
export async function startS3(directory: string, wantedPort = 0): Promise<S3Server> {
  const server = new S3rver({
    address: '127.0.0.1',
    port: wantedPort,
    silent: true,
    directory,
    configureBuckets: [{ name: BUCKET }],
  });
  const { port } = await server.run();
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' });
  return {
    place: { bucket: BUCKET, region: 'us-east-1', endpoint: `http://127.0.0.1:${port}` },
    stop: () => server.close(),
  };
}
