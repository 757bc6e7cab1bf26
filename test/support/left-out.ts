import { describe } from '@jest/globals';

/** Skips a suite that needs a program this machine lacks, by name with the reason. In CI that is a failure. */
export function leaveOut(name: string, reason: unknown, suite: () => void): void {
  if (process.env.CI) throw reason instanceof Error ? reason : new Error(String(reason));
  const { skip } = describe;
  skip(`${name} (${String(reason)})`, suite);
}
