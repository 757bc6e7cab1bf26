import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import ts from 'typescript';
import { clause } from './clauses.js';

test('a clause is written as printed: § and 预案 are added where it is shown', () => {
  expect(['3.1.2', '4.3.2.1（2）', '附件1三（七）'].map(clause)).toEqual(['3.1.2', '4.3.2.1（2）', '附件1三（七）']);
  for (const wrong of ['§3.1.2', '预案3.1.2', '']) expect(() => clause(wrong)).toThrow(RangeError);
});

const ROOMS = ['plan', 'episode', 'workflows', 'activities', 'ledger', 'worker', 'api', 'app', 'platform', 'lib'];
const NO_CODE = /\.test\.ts$|\/testing\/|^plan\/editions\//;
/** `§5.1`, `预案5.1`, `（3.1.3）`, or nothing but `4.3.2.1（2）`. */
const CLAUSE_NUMBER = /[§][0-9]|预案[0-9]|（[0-9]\.[0-9.]*[0-9]）|^[1-8]\.[1-9](\.[1-9])*(（.+）)?$|^附件1/;

const textsIn = (source: ts.Node): string[] => {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
};

test('no clause number is written in code: the edition says which clause a rule is', () => {
  const files = ROOMS.flatMap((room) =>
    readdirSync(room, { recursive: true, encoding: 'utf8' }).map((file) => path.posix.join(room, file)),
  ).filter((file) => file.endsWith('.ts') && !NO_CODE.test(file));
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((file) => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
    return textsIn(source).flatMap((text) => (CLAUSE_NUMBER.test(text) ? [`${file}: ${text}`] : []));
  });
  expect(found).toEqual([]);
});
