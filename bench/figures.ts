/** Figures of a run: medians with their spread, and the table that shows them. */
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import path from 'node:path';
import { ROOT } from '../test/support/child.js';

export interface Measurement {
  row: string;
  what: string;
  unit: 'ms' | 's' | '/s' | 'events' | 'MiB' | 'kB';
  values: number[];
  /** The same work done the bare way, in turns with it. */
  counterpart?: { what: string; values: number[] };
  /** As docs/performance.md gives it. */
  reach: string;
}

const TIMES = 9;

/** One after the other, after one of each that does not count, each pair close together, so that a disturbance meets both. */
export async function inTurns(
  one: () => Promise<number>,
  other: () => Promise<number>,
  times = TIMES,
): Promise<[number[], number[]]> {
  await one();
  await other();
  const values: [number[], number[]] = [[], []];
  for (let n = 0; n < times; n += 1) {
    values[0].push(await one());
    values[1].push(await other());
  }
  return values;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

const rounded = (value: number): string => (value < 10 ? value.toFixed(1) : String(Math.round(value)));

const summary = (values: readonly number[], unit: string): string =>
  `${rounded(median(values))} ${unit} (${rounded(Math.min(...values))}–${rounded(Math.max(...values))})`;

/** Of rates how many times more, of times how many times longer. */
export const ratioOf = ({ values, counterpart }: Measurement): number | undefined =>
  counterpart && median(values) / median(counterpart.values);

export function tableOf(figures: readonly Measurement[]): string {
  const lines = figures.map((figure) => {
    const ratio = ratioOf(figure);
    const bare = figure.counterpart
      ? `${figure.counterpart.what}: ${summary(figure.counterpart.values, figure.unit)}`
      : '–';
    return `| ${figure.what} | ${summary(figure.values, figure.unit)} | ${bare} | ${ratio === undefined ? '–' : `${rounded(ratio)} ×`} | ${figure.reach} |`;
  });
  return ['| what | median (spread) | counterpart | ratio | reach |', '| --- | --- | --- | --- | --- |', ...lines].join(
    '\n',
  );
}

const versionOf = (name: string): string =>
  JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')).version;

export const machineFacts = () => ({
  at: new Date().toISOString(),
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: release(),
  node: process.version,
  temporalSdk: versionOf('@temporalio/worker'),
  pglite: versionOf('@electric-sql/pglite'),
});
