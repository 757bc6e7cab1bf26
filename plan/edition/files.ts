/** Reads a YAML file of an edition and gives file and line for each fault. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { StartError } from '../../lib/start-error.js';

export type Path = ReadonlyArray<PropertyKey>;

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
  problemAt(path: Path, reason: string): EditionProblem;
}

const chinese = z.locales.zhCN().localeError;

/** @throws EditionError when the file is missing, is no YAML, or does not have the shape of the schema */
export function readEditionFile<T>(folder: string, file: string, schema: z.ZodType<T>): EditionFile<T> {
  const bytes = readBytes(folder, file);
  const lines = new LineCounter();
  const document = parseDocument(bytes.toString('utf8'), { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  if (document.errors.length > 0)
    throw new EditionError(
      document.errors.map((error) => ({
        file,
        line: lineAt(error.pos[0]),
        reason: `YAML 写法有误，请改正：${oneLine(error.message)}`,
      })),
    );

  const problemAt = (path: Path, reason: string) => ({ file, line: lineAt(offsetOf(document, path)), reason });
  const parsed = schema.safeParse(document.toJS(), { error: chinese });
  if (!parsed.success) throw new EditionError(parsed.error.issues.map((issue) => problemOf(issue, problemAt)));
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
  return problemAt([...issue.path, ...unknownKey], `${issue.path.join('.') || '文件'}：${oneLine(issue.message)}`);
}

/** The place of the node at a path, or of the nearest existing one above it. */
function offsetOf(document: Document, path: Path): number {
  const node = path.length > 0 ? document.getIn(path, true) : document.contents;
  if (isNode(node) && node.range) return node.range[0];
  return path.length > 0 ? offsetOf(document, path.slice(0, -1)) : 0;
}

const oneLine = (message: string): string => message.replace(/\s+/g, ' ').trim();
