// Checks deploy/kubernetes against the published schemas of Kubernetes, and against our own rules for every Deployment.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { parse, parseAllDocuments } from 'yaml';

const root = path.dirname(import.meta.dirname);
const FOLDER = path.join(root, 'deploy/kubernetes');
const LIST = 'kustomization.yaml';

const schema = JSON.parse(await readFile(path.join(root, 'scripts/schemas/kubernetes-1.34.json'), 'utf8'));
const ajv = new Ajv({ strict: false, allErrors: true }).addSchema(schema, 'kubernetes');

/** Kinds with their definitions: `Deployment` of `apps/v1` is `io.k8s.api.apps.v1.Deployment`. */
const definitionOf = ({ apiVersion, kind }) => {
  const [group, version] = apiVersion?.includes('/') ? apiVersion.split('/') : ['core', apiVersion];
  return `io.k8s.api.${group.replace(/\.k8s\.io$/, '')}.${version}.${kind}`;
};

const faultsOfShape = (resource) => {
  const name = definitionOf(resource);
  if (!(name in schema.definitions)) return [`no schema of ${name}`];
  const validate = ajv.getSchema(`kubernetes#/definitions/${name}`);
  return validate(resource)
    ? []
    : validate.errors.map(({ instancePath, message, params }) =>
        [instancePath, message, params.additionalProperty].filter(Boolean).join(' '),
      );
};

/** Closing takes up to 30 s (app/lifecycle.ts), and a pod is taken out of service before. */
const SHORTEST_GRACE = 40;

const HARDENED = {
  allowPrivilegeEscalation: (value) => value === false,
  readOnlyRootFilesystem: (value) => value === true,
  capabilities: (value) => value?.drop?.includes('ALL') && !value.add,
};

const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
const isSecret = ({ name }) => /PASSWORD|SECRET|KEY|_URL$/.test(name);

const faultsOfContainer = ({
  name,
  securityContext = {},
  resources = {},
  env = [],
  image,
  ports = [],
  ...container
}) => [
  ...PROBES.filter((probe) => !ports.some((port) => port.name === container[probe]?.httpGet?.port)).map(
    (probe) => `${name} has no ${probe} at one of its ports`,
  ),
  ...Object.entries(HARDENED)
    .filter(([key, holds]) => !holds(securityContext[key]))
    .map(([key]) => `${name} is not hardened: ${key}`),
  ...['cpu', 'memory'].filter((one) => !resources.requests?.[one]).map((one) => `${name} asks for no ${one}`),
  ...(resources.limits?.memory ? [] : [`${name} has no limit of memory`]),
  ...(/:v?\d+\.\d+[\w.-]*$/.test(image ?? '') ? [] : [`${name} has no image of a certain version`]),
  ...env.filter((one) => isSecret(one) && one.value !== undefined).map((one) => `${name} has ${one.name} in the file`),
];

const matches = ({ matchLabels = {} } = {}, labels = {}) =>
  Object.keys(matchLabels).length > 0 && Object.entries(matchLabels).every(([key, value]) => labels[key] === value);

const faultsOfDeployment = ({ metadata, spec: { selector, template } }, all) => {
  const { labels } = template.metadata;
  const { containers, securityContext = {}, terminationGracePeriodSeconds = 0, ...pod } = template.spec;
  const others = (kind) => all.filter((one) => one.kind === kind);
  return [
    ...containers.flatMap(faultsOfContainer),
    ...(securityContext.runAsNonRoot && securityContext.seccompProfile ? [] : ['runs as root, or without seccomp']),
    ...(pod.automountServiceAccountToken === false ? [] : ['has a token of the cluster, which it does not need']),
    ...(terminationGracePeriodSeconds >= SHORTEST_GRACE ? [] : [`is stopped within less than ${SHORTEST_GRACE} s`]),
    ...(matches(selector, labels) ? [] : ['does not select its own pods']),
    ...(others('ServiceAccount').some((one) => one.metadata.name === pod.serviceAccountName) ? [] : ['has no account']),
    ...(others('PodDisruptionBudget').some(({ spec }) => matches(spec.selector, labels)) ? [] : ['has no budget']),
    ...(others('NetworkPolicy').some(({ spec }) => matches(spec.podSelector, labels)) ? [] : ['has no network policy']),
  ].map((fault) => `${metadata.name} ${fault}`);
};

/** An autoscaler or service that points at nothing does nothing, and nobody notices. */
const faultsOfReference = ({ kind, metadata, spec }, all) => {
  const deployments = all.filter((one) => one.kind === 'Deployment');
  if (kind === 'HorizontalPodAutoscaler' && !deployments.some((one) => one.metadata.name === spec.scaleTargetRef.name))
    return [`${metadata.name} scales nothing`];
  const selects = (one) => matches({ matchLabels: spec.selector }, one.spec.template.metadata.labels);
  if (kind === 'Service' && !deployments.some(selects)) return [`${metadata.name} selects nothing`];
  return [];
};

/** The problems of manifests, one line each. */
export const problemsOfManifests = (text) => {
  // Kubernetes reads YAML 1.1.
  const all = parseAllDocuments(text, { version: '1.1', merge: true }).map((document) => document.toJS());
  const shape = all.flatMap((one) => faultsOfShape(one).map((fault) => `${one.kind} ${one.metadata?.name}: ${fault}`));
  if (shape.length > 0) return shape;
  return all.flatMap((one) => [
    ...(one.kind === 'Deployment' ? faultsOfDeployment(one, all) : []),
    ...faultsOfReference(one, all),
  ]);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { resources } = parse(await readFile(path.join(FOLDER, LIST), 'utf8'));
  const files = (await readdir(FOLDER)).filter((file) => file.endsWith('.yaml') && file !== LIST);
  const unlisted = files.filter((file) => !resources.includes(file)).map((file) => `${file} is not in ${LIST}`);
  const texts = await Promise.all(resources.map((file) => readFile(path.join(FOLDER, file), 'utf8')));
  const problems = [...unlisted, ...problemsOfManifests(texts.join('\n---\n'))];
  for (const problem of problems) console.error(`deploy/kubernetes: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
