/** The policy as it was shipped, beside the one that the office may have changed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Policy } from '../types.js';

export const SHIPPED_FILE = 'policy.shipped.json';

/** `undefined` for an edition that the office wrote itself. */
export function shippedPolicy(folder: string): Policy | undefined {
  const file = join(folder, SHIPPED_FILE);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Policy) : undefined;
}
