/** `npm run check:kubernetes` finds the faults it is meant for. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import { ROOT } from './support/child.js';

let problemsOf: (text: string) => string[];
beforeAll(async () => {
  const checks = await import(pathToFileURL(path.join(ROOT, 'scripts/check-kubernetes.mjs')).href);
  problemsOf = checks.problemsOfManifests;
});

const file = (name: string) => readFileSync(path.join(ROOT, 'deploy/kubernetes', name), 'utf8');
const MANIFESTS = ['config.yaml', 'api.yaml', 'worker.yaml', 'network.yaml'].map(file).join('\n---\n');

test('the manifests are without a fault', () => {
  expect(problemsOf(MANIFESTS)).toEqual([]);
});

test.each([
  [
    'readOnlyRootFilesystem: true',
    'readOnlyRootFilesystem: false',
    'qingkong-api api is not hardened: readOnlyRootFilesystem',
  ],
  ['runAsNonRoot: true', 'runAsNonRoot: false', 'qingkong-api runs as root, or without seccomp'],
  [
    'terminationGracePeriodSeconds: 45',
    'terminationGracePeriodSeconds: 30',
    'qingkong-api is stopped within less than 40 s',
  ],
  [
    '{ path: /healthz, port: http }, periodSeconds: 5',
    '{ path: /healthz, port: web }, periodSeconds: 5',
    'qingkong-api api has no readinessProbe at one of its ports',
  ],
  ['cpu: 250m, ', '', 'qingkong-api api asks for no cpu'],
  ['image: qingkong:0.1.0', 'image: qingkong:latest', 'qingkong-api api has no image of a certain version'],
  [
    'kind: PodDisruptionBudget\nmetadata: { name: qingkong-api }\nspec:\n  minAvailable: 1\n  selector: { matchLabels: { app.kubernetes.io/name: qingkong-api',
    'kind: PodDisruptionBudget\nmetadata: { name: qingkong-api }\nspec:\n  minAvailable: 1\n  selector: { matchLabels: { app.kubernetes.io/name: other',
    'qingkong-api has no budget',
  ],
  ['kind: Deployment, name: qingkong-worker', 'kind: Deployment, name: other', 'qingkong-worker scales nothing'],
  [
    '- { name: PORT, value: "3000" }',
    '- { name: ONE_TIME_CODE_KEY, value: "3000" }',
    'qingkong-api api has ONE_TIME_CODE_KEY in the file',
  ],
])('%s', (given, instead, problem) => {
  expect(MANIFESTS).toContain(given);
  expect(problemsOf(MANIFESTS.replace(given, instead))).toContain(problem);
});

test('a field that Kubernetes does not know, or one of the wrong kind', () => {
  expect(problemsOf(MANIFESTS.replace('replicas: 2', 'replica: 2'))).toEqual([
    expect.stringMatching(/^Deployment qingkong-api: \/spec .*replica$/),
  ]);
  expect(problemsOf(MANIFESTS.replace('replicas: 2', 'replicas: two'))).toEqual([
    expect.stringContaining('/spec/replicas must be integer'),
  ]);
});
