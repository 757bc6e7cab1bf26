/** Logs: JSON lines, in English, without secrets. Neither the configuration nor URLs with passwords are logged. */
import { Writable } from 'node:stream';
import { type DestinationStream, type Logger, pino } from 'pino';
import { Counter } from 'prom-client';
import { LOG_LINES } from '../lib/log-lines.js';
import type { Write } from './log-file.js';

/** Memory for lines that wait for a slow disk. Further lines are dropped. */
const MOST_WAITING_CHARACTERS = 4_000_000;

const dropped = new Counter({
  name: 'qingkong_log_lines_dropped_total',
  help: 'Log lines that could not be written, for instance because the disk is full',
});

const toStandardOutput: Write = (text, done) => {
  process.stdout.write(text, done);
};

/** Writes to where `write` does: to standard output, or to a file (log-file.ts). */
export const openLog = (level: string, write: Write = toStandardOutput): Logger =>
  pino({ level, ...LOG_LINES }, logDestination(write));

/**
 * Neither an error nor a slow disk affects the program: lines that cannot be written are dropped and counted. pino's
 * own destination ends the process on a full disk, and its exit hook then tries to write for ever.
 */
export const logDestination = (write: Write): DestinationStream & { flush(done: () => void): void } => {
  const writeCounted = (lines: string[], done: () => void): void =>
    write(lines.join(''), (error) => {
      if (error) dropped.inc(lines.filter((line) => line !== '').length);
      done();
    });
  const waiting = new Writable({
    decodeStrings: false,
    write: (line: string, _encoding, done) => writeCounted([line], done),
    writev: (chunks, done) =>
      writeCounted(
        chunks.map(({ chunk }) => chunk as string),
        done,
      ),
  });
  return {
    write(line) {
      if (waiting.writableLength > MOST_WAITING_CHARACTERS) dropped.inc();
      else waiting.write(line);
    },
    flush: (done) => waiting.write('', () => done()),
  };
};
