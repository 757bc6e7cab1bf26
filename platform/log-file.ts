/** The log file of `npm start`: one for each day, kept as long as logs have to be and then removed. */
import { appendFile, closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../lib/make-folder.js';

/** Calls back once, with an error if the text was not written. */
export type Write = (text: string, done: (error?: Error | null) => void) => void;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** In Beijing, whatever the machine's zone. */
const dayOf = (moment: number): string => new Date(moment + 8 * HOUR_MS).toISOString().slice(0, 10);

/**
 * Appends to `file` (mode 600). The first line of a day finds that of the day before renamed, `qingkong-2026-01-31.log`, and
 * those of more than `keptDays` days ago removed. Open from the first moment, so that a wrong folder stops the start.
 */
export function toLogFile(file: string, keptDays: number, clock: () => number = Date.now): Write {
  makeFolder(path.dirname(file));
  const { dir, name, ext } = path.parse(file);
  const of = (day: string) => path.join(dir, `${name}-${day}${ext}`);
  let day = existsSync(file) && statSync(file).size > 0 ? dayOf(statSync(file).mtimeMs) : dayOf(clock());
  let fd = openSync(file, 'a', 0o600);
  let torn = false;

  function turn(today: string): void {
    const ended = of(day);
    day = today;
    try {
      // A clock that went back has been on this day before: its lines go on in one file.
      if (!existsSync(ended)) {
        renameSync(file, ended);
        const next = openSync(file, 'a', 0o600);
        closeSync(fd);
        fd = next;
      }
      const last = dayOf(clock() - keptDays * DAY_MS);
      for (const other of readdirSync(dir)) {
        const [, its] = /-(\d{4}-\d{2}-\d{2})\.\w+$/.exec(other) ?? [];
        if (its !== undefined && path.join(dir, other) === of(its) && its < last) rmSync(path.join(dir, other));
      }
    } catch {
      // A full or read-only disk: what can be written goes on into the file that is open.
    }
  }

  return (text, done) => {
    const today = dayOf(clock());
    if (today !== day) turn(today);
    // After a failure the file may end within a line.
    appendFile(fd, torn ? `\n${text}` : text, (error) => {
      torn = error !== null;
      done(error);
    });
  };
}
