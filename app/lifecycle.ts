/** The life of a process. Its parts are closed once, in the opposite order of opening, on a signal or a failure. */

export interface Lifecycle {
  /** Registers how to close a part. Parts that were opened later are closed before it. */
  onClose(name: string, close: () => unknown): void;
  /** Ends the process: it lost a part that it cannot do without. */
  fail(error: unknown): void;
}

/** After this long the process ends even if a part is still closing. That loses nothing (docs/design.md, "One writer"). */
const CLOSE_WITHIN = 30_000;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/**
 * Runs a process: `start` opens its parts. SIGINT and SIGTERM close them and end with 0. A second signal ends at once
 * with 130. A failure prints one line on standard error and ends with 1.
 */
export const runUntilStopped = (start: (life: Lifecycle) => Promise<void>): void => {
  const opened: Array<{ name: string; close: () => unknown }> = [];
  let ending = false;

  const end = async (exitCode: number): Promise<void> => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(exitCode || 1), CLOSE_WITHIN).unref();
    let code = exitCode;
    for (const { name, close } of opened.reverse()) {
      try {
        await close();
      } catch (error) {
        complain(`${name}未能正常关闭：${messageOf(error)}`);
        code = 1;
      }
    }
    process.exit(code);
  };

  const fail = (error: unknown): void => {
    if (ending) return;
    complain(messageOf(error));
    void end(1);
  };

  const onSignal = (): void => {
    if (ending) process.exit(130);
    void end(0);
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);

  start({ onClose: (name, close) => opened.push({ name, close }), fail }).catch(fail);
};
