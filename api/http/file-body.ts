import type { Request } from 'express';
import { Problem } from './problems.js';

const MOST_BYTES = 1_048_576;

/**
 * The bytes of a file, whatever its media type says. Refuses with 413, and reads on so that the caller gets the answer.
 */
export async function readFileBody(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += (chunk as Buffer).length;
    if (size > MOST_BYTES) throw new Problem('body-too-large', '文件超过 1 MiB，请分成几个文件后重新上传。');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
