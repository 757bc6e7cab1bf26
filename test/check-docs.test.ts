/** `npm run check:docs` finds the faults it is meant for. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

interface Checks {
  problemsOfDocument(root: string, file: string, text: string): string[];
  problemsOfReferences(root: string, text: string): string[];
}

const root = mkdtempSync(path.join(tmpdir(), 'qingkong-docs-'));
let checks: Checks;

beforeAll(async () => {
  mkdirSync(path.join(root, 'docs'));
  mkdirSync(path.join(root, 'plan'));
  writeFileSync(path.join(root, 'docs/design.md'), '# Design\n\n## One writer\n');
  writeFileSync(path.join(root, 'plan/a.ts'), '');
  checks = await import(pathToFileURL(path.resolve('scripts/check-docs.mjs')).href);
});

afterAll(() => rmSync(root, { recursive: true }));

/** Put together here, because this file is checked too. */
const DOCS = ['docs', ''].join('/');

const inDocument = (text: string, file = `${DOCS}other.md`) => checks.problemsOfDocument(root, file, text);

describe('documents', () => {
  test('links and paths that exist pass, routes and addresses too', () => {
    const text = '[design](design.md#one-writer), [a](../plan/a.ts), `plan/`, plan/a.ts. https://e.cn/x GET /api/v1/x';
    expect(inDocument(text)).toEqual([]);
  });

  test.each([
    ['[gone](gone.md)', 'link to gone.md'],
    ['[gone](design.md#gone)', 'link to design.md#gone'],
    ['see plan/b.ts.', 'mentions plan/b.ts'],
  ])('%s is found', (text, problem) => {
    expect(inDocument(text)).toEqual([expect.stringContaining(problem)]);
  });

  test('a README of more than 150 lines is found', () => {
    expect(inDocument('x\n'.repeat(150), 'README.md')).toEqual([]);
    expect(inDocument('x\n'.repeat(151), 'README.md')).toHaveLength(1);
  });
});

describe('references from code', () => {
  const inCode = (text: string) => checks.problemsOfReferences(root, text);

  test('to a section that exists pass, also over two lines', () => {
    expect(inCode(`/**\n * Turns (${DOCS}design.md, "One\n * writer").\n */`)).toEqual([]);
  });

  test.each([`// ${DOCS}gone.md`, `// ${DOCS}design.md, "Gone"`])('%s is found', (text) => {
    expect(inCode(text)).toHaveLength(1);
  });
});
