/** Logs: JSON lines, in English, without secrets. Neither the configuration nor URLs with passwords are logged. */
import { appendFile, openSync } from 'node:fs';
import path from 'node:path';
import { Writable } from 'node:stream';
import { type DestinationStream, type Logger, pino } from 'pino';
import { Counter } from 'prom-client';
import { makeFolder } from '../lib/make-folder.js';

/** Memory for lines that wait for a slow disk. Further lines are dropped. */
const MOST_WAITING_CHARACTERS = 4_000_000;

const dropped = new Counter({
  name: 'qingkong_log_lines_dropped_total',
  help: 'Log lines that could not be written, for instance because the disk is full',
});

/** Calls back once, with an error if the text was not written. */
type Write = (text: string, done: (error?: Error | null) => void) => void;

/** Writes to `file` (mode 600), or to standard output without one. */
export const openLog = (level: string, file?: string): Logger =>
  pino({ level }, logDestination(file === undefined ? toStandardOutput() : toFile(file)));

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

/** Open from the first moment, so that a wrong folder stops the start. */
const toFile = (file: string): Write => {
  makeFolder(path.dirname(file));
  const fd = openSync(file, 'a', 0o600);
  let torn = false;
  return (text, done) =>
    // After a failure the file may end within a line.
    appendFile(fd, torn ? `\n${text}` : text, (error) => {
      torn = error !== null;
      done(error);
    });
};

const toStandardOutput = (): Write => (text, done) => {
  process.stdout.write(text, done);
};
