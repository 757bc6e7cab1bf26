import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import type { z } from 'zod';
import { inChineseOfYaml, sayingWhat } from '../../lib/chinese-issues.js';
import { meantIssues } from '../../lib/meant-issues.js';
import { messagesSchema } from '../wording/templates.js';
import { editionsFolder } from './edition.js';
import { holidaysSchema } from './holidays-schema.js';
import { directorySchema, planSchema, policySchema } from './schema.js';

type Place = Array<string | number>;

/** Every place of a file. */
function placesIn(node: unknown, at: Place = []): Place[] {
  if (typeof node !== 'object' || node === null) return [at];
  return [
    at,
    ...Object.entries(node).flatMap(([key, one]) => placesIn(one, [...at, Array.isArray(node) ? Number(key) : key])),
  ];
}

/** With two of each list: the others are of the same shape. */
function shortened(node: unknown): unknown {
  if (Array.isArray(node)) return node.slice(0, 2).map(shortened);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, one]) => [key, shortened(one)]));
}

const ODD: unknown[] = [null, 7, 1.5, -1, true, '', 'x', '25:00', [], {}, ['x'], { x: 1 }];

/** Values that would be refused are told with their faults, whatever stands where. */
test.each([
  ['policy.yaml', policySchema],
  ['directory.yaml', directorySchema],
  ['messages.yaml', messagesSchema],
  ['holidays.yaml', holidaysSchema],
  ['plan.yaml', planSchema],
] as const)('whatever stands in %s, its fault is told in words of an office, with the value', (file, schema) => {
  const original = shortened(parse(readFileSync(join(editionsFolder(), 'shuimogou-2025', file), 'utf8')));
  const kinds = new Map(placesIn(original).map((at) => [at.map((part) => (part === 1 ? 0 : part)).join('.'), at]));
  const faults = new Set<string>();
  for (const at of [...kinds.values()].filter(({ length }) => length > 0))
    for (const odd of ODD) {
      const broken = structuredClone(original);
      setIn(broken, at, odd);
      const { error } = (schema as z.ZodType).safeParse(broken, { error: inChineseOfYaml, reportInput: true });
      for (const issue of error ? meantIssues(error) : [])
        for (const fault of faultsOf(sayingWhat(issue), issue.input)) faults.add(`${issue.path.join('.')}: ${fault}`);
    }
  expect([...faults]).toEqual([]);
});

function faultsOf(said: string, input: unknown): string[] {
  const isShown = typeof input !== 'string' || input.trim() === '' || said.includes(input.slice(0, 20));
  return [
    ...(isShown ? [] : [`${said} [without the value]`]),
    ...(/请|应|例如|如 |只|不能|不要|至少|最多/.test(said) ? [] : [`${said} [nothing to do]`]),
    ...(/期望|接收|无效|接口文档|[A-Za-z]数据/.test(said) ? [`${said} [jargon]`] : []),
  ];
}

function setIn(whole: unknown, at: Place, value: unknown): void {
  let node = whole as Record<string | number, unknown>;
  for (const part of at.slice(0, -1)) node = node[part] as typeof node;
  node[at.at(-1)!] = value;
}
