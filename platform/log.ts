/** Logs: JSON lines, in English. Secrets do not get here: configuration is never logged, URLs with passwords neither. */
import { mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { type DestinationStream, type Logger, pino } from 'pino';

/** Writes to `file` (mode 600), or to standard output without one. */
export const openLog = (level: string, file?: string): Logger => {
  if (file === undefined) return pino({ level });
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // Open from the first moment: a start that fails at once ends with its own line, not with pino's about a file to come.
  const destination: DestinationStream = pino.destination({ dest: openSync(file, 'a', 0o600), sync: false });
  return pino({ level }, destination);
};
