/** What every line of a log says beside its own words, and what none says. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerOptions } from 'pino';

/** Whose a line is. */
export interface WorkNames {
  requestId?: string;
  episodeId?: string;
  commandId?: string;
  /** Of a turn, with spaces between. */
  commandIds?: string;
}

const names = new AsyncLocalStorage<WorkNames>();

/** All lines of this work, whoever writes them, name it so. What is found out during the work is added to `of`. */
export const named = <T>(of: WorkNames, work: () => T): T => names.run(of, work);

/** The lines of the work under way name this too from now on. */
export const alsoNamed = (more: WorkNames): void => {
  Object.assign(names.getStore() ?? {}, more);
};

/** Work for several requests, begun during one of them. */
export const unnamed = <T>(work: () => T): T => names.exit(work);

interface PlainError {
  type: string;
  message: string;
  stack: string | undefined;
  code?: string;
  causes?: PlainError[];
}

/**
 * An error without what libraries hang on it. A database's carries the parameters of the statement and the row at fault:
 * names, numbers, hashes of passwords.
 */
function plainError(error: Error): PlainError {
  const { code } = error as { code?: unknown };
  const causes = [error.cause, ...(error instanceof AggregateError ? error.errors : [])];
  const known = causes.filter((cause): cause is Error => cause instanceof Error);
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...(typeof code === 'string' && { code }),
    ...(known.length > 0 && { causes: known.map(plainError) }),
  };
}

export const LOG_LINES = {
  mixin: () => ({ ...names.getStore() }),
  serializers: { err: (error: unknown) => (error instanceof Error ? plainError(error) : typeof error) },
} satisfies LoggerOptions;
