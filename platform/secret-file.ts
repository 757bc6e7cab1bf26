/** A YAML file with secrets in it, named by a variable and checked before anything starts. */
import { readFileSync, statSync } from 'node:fs';
import type { z } from 'zod';
import { type LinedYaml, readLinedYaml, type YamlPath } from '../lib/lined-yaml.js';
import { StartError } from '../lib/start-error.js';

interface SecretFile<Schema extends z.ZodType> {
  file: string;
  /** That names it. */
  variable: string;
  /** What it configures: `发送渠道`. */
  subject: string;
  schema: Schema;
  /** In words that repeat neither a value nor a name, because they may be a secret in the wrong place. */
  inWords: z.core.$ZodErrorMap;
}

/** Throws `StartError` with file, line and key of the fault, and never a value, because some are secrets. */
export const readSecretFile = <Schema extends z.ZodType>({
  file,
  variable,
  subject,
  schema,
  inWords,
}: SecretFile<Schema>): z.output<Schema> => {
  const wrong = (what: string): StartError => new StartError(`${subject}配置有误：${what}。请改正后重新启动。`);
  const yaml = readLinedYaml(contentOf(file, variable));
  const [mistake] = yaml.mistakes;
  // The library's message repeats the text there.
  if (mistake) throw wrong(`${file}:${mistake.line} YAML 写法有误（${mistake.code}）`);

  const settings = settingsIn(yaml);
  if (settings === undefined) throw wrong(`${file} 中的 YAML 别名有误`);
  const parsed = schema.safeParse(settings, { error: inWords });
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => {
    const { at, named } = placeOf(issue);
    return [`${file}:${yaml.lineOf(at)}`, ...(named.length > 0 ? [named.join('.')] : []), issue.message];
  });
  throw wrong(reasons.map((words) => words.join(' ')).join('；'));
};

/** Others on the machine may not read it and the group may not write it. A group of the service may read. */
const FORBIDDEN = 0o026;

const contentOf = (file: string, variable: string): string => {
  try {
    if ((statSync(file).mode & FORBIDDEN) === 0) return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(`读不到 ${variable} 指定的文件 ${file}（${code}）。请检查路径和权限。`);
  }
  throw new StartError(`${file} 中有密钥，权限过宽。请先执行 chmod 600 ${file}。`);
};

/** A file with comments alone configures nothing. */
const settingsIn = (yaml: LinedYaml): unknown => {
  try {
    return yaml.value() ?? {};
  } catch {
    return undefined;
  }
};

/** Line and name of a fault. An unexpected key is not named: it may be a secret in the wrong place. */
const placeOf = (issue: z.core.$ZodIssue): { at: YamlPath; named: YamlPath } => {
  if (issue.code === 'unrecognized_keys') return { at: [...issue.path, ...issue.keys.slice(0, 1)], named: issue.path };
  return { at: issue.path, named: issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path };
};
