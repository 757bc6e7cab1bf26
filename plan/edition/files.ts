/** Reads a YAML file of an edition and gives file and line for each fault. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { inChineseOfYaml, sayingWhat } from '../../lib/chinese-issues.js';
import { readLinedYaml, type YamlPath } from '../../lib/lined-yaml.js';
import { meantIssues } from '../../lib/meant-issues.js';
import { StartError } from '../../lib/start-error.js';

export interface EditionProblem {
  file: string;
  line: number;
  /** One line in Chinese that says what to change. */
  reason: string;
}

/** All faults of an edition, one line each: `plan.yaml:12 …`. */
export class EditionError extends StartError {
  override readonly name = 'EditionError';
  constructor(readonly problems: readonly EditionProblem[]) {
    super(problems.map(({ file, line, reason }) => `${file}:${line} ${reason}`).join('\n'));
  }
}

export interface EditionFile<T> {
  file: string;
  bytes: Buffer;
  data: T;
  /** A problem at the node to which a path of keys and indices leads. */
  problemAt(path: YamlPath, reason: string): EditionProblem;
}

/** @throws EditionError when the file is missing, is no YAML, or does not have the shape of the schema */
export function readEditionFile<T>(folder: string, file: string, schema: z.ZodType<T>): EditionFile<T> {
  const bytes = readBytes(folder, file);
  const yaml = readLinedYaml(bytes.toString('utf8'));
  if (yaml.mistakes.length > 0)
    throw new EditionError(
      yaml.mistakes.map(({ line, message }) => ({ file, line, reason: `YAML 写法有误，请改正：${oneLine(message)}` })),
    );

  const problemAt = (path: YamlPath, reason: string) => ({ file, line: yaml.lineOf(path), reason });
  const parsed = schema.safeParse(yaml.value(), { error: inChineseOfYaml, reportInput: true });
  if (!parsed.success) throw new EditionError(meantIssues(parsed.error).map((issue) => problemOf(issue, problemAt)));
  return { file, bytes, data: parsed.data, problemAt };
}

function readBytes(folder: string, file: string): Buffer {
  try {
    return readFileSync(join(folder, file));
  } catch (error) {
    throw new EditionError([
      { file, line: 1, reason: `读不到这个文件，请放到预案文件夹中：${oneLine(String(error))}` },
    ]);
  }
}

function problemOf(issue: z.core.$ZodIssue, problemAt: EditionFile<unknown>['problemAt']): EditionProblem {
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  return problemAt([...issue.path, ...unknownKey], `${issue.path.join('.') || '文件'}：${oneLine(sayingWhat(issue))}`);
}

const oneLine = (message: string): string => message.replace(/\s+/g, ' ').trim();
