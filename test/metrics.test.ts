/** What /metrics tells of a program at work: every figure that is promised, watched or drawn, and nobody's name. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import parseText from 'parse-prometheus-text-format';
import { firstAccounts } from '../app/demo/program.js';
import { loadEditionById } from '../plan/edition/edition.js';
import { ROOT } from './support/child.js';
import { everyUnitActs, signInAll, startReal } from './support/drill.js';
import { FIRST_TIME, temporalProgram } from './support/engine.js';
import { installRealProgram, type RunningProgram } from './support/program.js';

let checks: {
  expressions(): Promise<Array<{ file: string; expr: string }>>;
  metricsIn(expression: string): string[];
  problemsOfAlerts(content: string): string[];
  problemsOfDashboard(content: string): string[];
};
let folder: string;
let program: RunningProgram;
let text: string;
let usernames: string[];

beforeAll(async () => {
  checks = await import(pathToFileURL(path.join(ROOT, 'scripts/check-monitoring.mjs')).href);
  folder = mkdtempSync(path.join(tmpdir(), 'qingkong-metrics-'));
  await temporalProgram();
  program = await installRealProgram(folder);
  const address = /http:\S+/.exec((await program.ready) ?? '')?.[0];
  if (address === undefined) throw new Error(program.complaints());
  const accounts = await firstAccounts(folder);
  usernames = accounts.map(({ username }) => username);
  const cast = await signInAll(address, accounts);
  const episode = await startReal(cast.office);
  await everyUnitActs(cast, episode, '落实');
  text = await (await fetch(`${address}/metrics`)).text();
}, FIRST_TIME);
afterAll(async () => {
  program.process.kill('SIGKILL');
  await program.ended;
  rmSync(folder, { recursive: true, force: true });
});

/** Names of all that is told, as a query may use them. */
const told = (): Set<string> =>
  new Set(
    parseText(text).flatMap(({ name, type }) =>
      type === 'HISTOGRAM' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );

const READ = readFileSync(path.join(ROOT, 'docs/operations.md'), 'utf8');

test('every figure of the table in the handbook is told', () => {
  const promised = [...READ.matchAll(/^\| `((?:qingkong|temporal|nodejs|process)_\w+)`/gm)].map(([, name]) => name!);
  expect(promised.length).toBeGreaterThan(20);
  const names = told();
  expect(promised.filter((name) => !names.has(name) && !names.has(`${name}_count`))).toEqual([]);
});

test('our own figures are all in that table', () => {
  const ours = parseText(text).flatMap(({ name }) => (name.startsWith('qingkong_') ? name : []));
  expect(ours.filter((name) => !READ.includes(`| \`${name}\` |`))).toEqual([]);
});

test('every alert is in the table of alerts', async () => {
  const alerts = [...readFileSync(path.join(ROOT, 'deploy/prometheus/alerts.yaml'), 'utf8').matchAll(/alert: (\w+)/g)];
  expect(alerts.length).toBeGreaterThan(10);
  expect(alerts.map(([, alert]) => alert!).filter((alert) => !READ.includes(`| \`${alert}\` |`))).toEqual([]);
});

/** Prometheus's own, of each target. */
const OF_PROMETHEUS = 'up';

test('alerts and dashboard name only what is told', async () => {
  const names = told().add(OF_PROMETHEUS);
  const unknown = (await checks.expressions()).flatMap(({ file, expr }) =>
    checks.metricsIn(expr).flatMap((name) => (names.has(name) ? [] : `${file}: ${name}`)),
  );
  expect(unknown).toEqual([]);
});

test('labels name no unit, account or episode', () => {
  const { units } = loadEditionById('shuimogou-2025');
  const values = [...text.matchAll(/="([^"]*)"/g)].map(([, value]) => value!);
  const known = new Set([...usernames, ...units.flatMap(({ unitId, name }) => [unitId, name])]);
  expect(values.filter((value) => known.has(value) || /\p{Script=Han}|[0-9a-f]{8}-[0-9a-f]{4}/u.test(value))).toEqual(
    [],
  );
});

test('the figures are those of the episode', () => {
  const figure = (line: string) =>
    Number(
      text
        .split('\n')
        .find((one) => one.startsWith(`${line} `))
        ?.slice(line.length),
    );
  expect(figure('qingkong_episodes_open{kind="real"}')).toBe(1);
  expect(figure('qingkong_deadlines{deadline="acknowledgement",state="open"}')).toBe(0);
  expect(figure('qingkong_deadlines{deadline="acknowledgement",state="missed"}')).toBe(0);
  expect(figure('qingkong_ledger_entries_total')).toBeGreaterThan(usernames.length);
  expect(figure('qingkong_deliveries_total{channel="email",outcome="taken",fault="none"}')).toBeGreaterThan(0);
});

test('turns have places of their own, so none of theirs is told as free (worker/turn-slots.ts)', () => {
  const typesIn = (metric: string) =>
    new Set([...text.matchAll(new RegExp(`^${metric}\\{.*worker_type="(\\w+)"`, 'gm'))].map(([, type]) => type));
  expect(typesIn('temporal_worker_task_slots_used')).toContain('WorkflowWorker');
  expect(typesIn('temporal_worker_task_slots_available')).toContain('ActivityWorker');
  expect(typesIn('temporal_worker_task_slots_available')).not.toContain('WorkflowWorker');
});

test('a rule or a panel that is wrong is refused with the reason', () => {
  const rule = (expr: string, more = '') =>
    `groups: [{ name: a, rules: [{ alert: QingkongA, expr: '${expr}', for: 1m, labels: { severity: page }, annotations: { summary: a, meaning: a, action: a, summary_zh: 甲 }${more} }] }]`;
  expect(checks.problemsOfAlerts(rule('up == 0'))).toEqual([]);
  expect(checks.problemsOfAlerts(rule('sum(rate(up[5m])'))).toEqual([expect.stringContaining('breaks off at')]);
  expect(checks.problemsOfAlerts(rule('1 > 0'))).toEqual(['QingkongA: 1 > 0 names no metric']);
  expect(checks.problemsOfAlerts(rule('up == 0', ', fro: 1'))).toEqual([
    expect.stringContaining('additional properties'),
  ]);
  const board = readFileSync(path.join(ROOT, 'deploy/grafana/qingkong.json'), 'utf8');
  expect(checks.problemsOfDashboard(board)).toEqual([]);
  expect(checks.problemsOfDashboard(board.replace('"x": 12', '"x": 0'))).toEqual([
    expect.stringContaining(' lies on '),
  ]);
});
