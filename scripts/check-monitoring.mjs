// Checks the alert rules and the dashboard: shape, durations, and every expression by PromQL's own grammar. That the metrics
// they name are told is a test (test/metrics.test.ts).
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parser } from '@prometheus-io/lezer-promql';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const root = path.dirname(import.meta.dirname);
const ALERTS = 'deploy/prometheus/alerts.yaml';
const DASHBOARDS = 'deploy/grafana';

const text = { type: 'string', minLength: 1 };
const closed = (properties, required = Object.keys(properties)) => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});

/** A file of rules, as Prometheus reads it; beyond that, each alert says what it means and what to do. */
const rulesFile = closed({
  groups: {
    type: 'array',
    items: closed({
      name: text,
      rules: {
        type: 'array',
        minItems: 1,
        items: closed({
          alert: { type: 'string', pattern: '^Qingkong[A-Za-z]+$' },
          expr: text,
          for: { type: 'string', pattern: '^\\d+[smhd]$' },
          labels: closed({ severity: { enum: ['page', 'ticket'] } }),
          annotations: closed({
            summary: text,
            meaning: text,
            action: text,
            summary_zh: { type: 'string', pattern: '\\p{Script=Han}' },
          }),
        }),
      },
    }),
  },
});

/** The part of a dashboard without which Grafana shows nothing, or the wrong thing. Grafana publishes no schema of it. */
const whole = { type: 'integer', minimum: 0 };
const source = { const: { type: 'prometheus', uid: '$' + '{datasource}' } };
const dashboard = {
  type: 'object',
  required: ['uid', 'title', 'schemaVersion', 'templating', 'panels'],
  properties: {
    uid: text,
    title: text,
    schemaVersion: { type: 'integer', minimum: 36 },
    templating: {
      type: 'object',
      properties: { list: { contains: { properties: { type: { const: 'datasource' } } } } },
    },
    panels: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'type', 'title', 'gridPos'],
        properties: {
          id: { type: 'integer', minimum: 1 },
          title: text,
          type: { enum: ['row', 'timeseries', 'stat'] },
          gridPos: closed({ x: { ...whole, maximum: 23 }, y: whole, w: { ...whole, maximum: 24 }, h: whole }),
        },
        if: { properties: { type: { const: 'row' } } },
        else: {
          required: ['datasource', 'targets', 'fieldConfig', 'options'],
          properties: {
            datasource: source,
            targets: {
              type: 'array',
              minItems: 1,
              items: { type: 'object', required: ['refId', 'expr'], properties: { expr: text, datasource: source } },
            },
          },
        },
      },
    },
  },
};

const ajv = new Ajv({ strict: false, allErrors: true });
const shape = { alerts: ajv.compile(rulesFile), dashboard: ajv.compile(dashboard) };
const faultsOfShape = (validate, file) =>
  validate(file) ? [] : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);

const duplicates = (values) => values.filter((value, i) => values.indexOf(value) !== i);

/** The metrics that a PromQL expression names. Throws when it is no expression. */
export const metricsIn = (expression) => {
  const names = [];
  parser.parse(expression).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) throw new Error(`${expression} breaks off at ${from}`);
      if (type.name === 'Identifier' && node.parent?.type.name === 'VectorSelector')
        names.push(expression.slice(from, to));
    },
  });
  return names;
};

const alertsOf = ({ groups }) => groups.flatMap(({ rules }) => rules);
const targetsOf = ({ panels }) => panels.flatMap(({ targets = [] }) => targets);

/** Expressions of the alerts and of every dashboard, with the file that has them. */
export const expressions = async () => {
  const alerts = parse(await readFile(path.join(root, ALERTS), 'utf8'));
  const found = alertsOf(alerts).map(({ expr }) => ({ file: ALERTS, expr }));
  for (const file of await readdir(path.join(root, DASHBOARDS))) {
    const board = JSON.parse(await readFile(path.join(root, DASHBOARDS, file), 'utf8'));
    found.push(...targetsOf(board).map(({ expr }) => ({ file: `${DASHBOARDS}/${file}`, expr })));
  }
  return found;
};

const faultsOfExpression = (expr) => {
  try {
    return metricsIn(expr).length > 0 ? [] : [`${expr} names no metric`];
  } catch (error) {
    return [error.message];
  }
};

/** The problems of a file of alert rules, one line each. */
export const problemsOfAlerts = (content) => {
  const file = parse(content);
  const faults = faultsOfShape(shape.alerts, file);
  if (faults.length > 0) return faults;
  const alerts = alertsOf(file);
  return [
    ...duplicates(alerts.map(({ alert }) => alert)).map((alert) => `${alert} stands twice`),
    ...alerts.flatMap(({ alert, expr }) => faultsOfExpression(expr).map((fault) => `${alert}: ${fault}`)),
  ];
};

const overlap = (one, other) =>
  one.x < other.x + other.w && other.x < one.x + one.w && one.y < other.y + other.h && other.y < one.y + one.h;

/** The problems of a dashboard, one line each. */
export const problemsOfDashboard = (content) => {
  const file = JSON.parse(content);
  const faults = faultsOfShape(shape.dashboard, file);
  if (faults.length > 0) return faults;
  const { panels } = file;
  const lying = panels.flatMap((one, i) =>
    panels
      .slice(i + 1)
      .flatMap((other) => (overlap(one.gridPos, other.gridPos) ? `${one.title} lies on ${other.title}` : [])),
  );
  return [
    ...duplicates(panels.map(({ id }) => id)).map((id) => `panel ${id} stands twice`),
    ...lying,
    ...targetsOf(file).flatMap(({ expr }) => faultsOfExpression(expr)),
  ];
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = problemsOfAlerts(await readFile(path.join(root, ALERTS), 'utf8')).map((one) => `${ALERTS}: ${one}`);
  for (const file of await readdir(path.join(root, DASHBOARDS))) {
    const content = await readFile(path.join(root, DASHBOARDS, file), 'utf8');
    problems.push(...problemsOfDashboard(content).map((one) => `${DASHBOARDS}/${file}: ${one}`));
  }
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
