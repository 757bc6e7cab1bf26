/** The file CHANNELS_FILE: robots, SMS gateway and endpoints with their secrets, checked before anything starts. */
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { type LinedYaml, readLinedYaml, type YamlPath } from '../lib/lined-yaml.js';
import { StartError } from '../lib/start-error.js';
import { type ChannelsFile, channelsFile } from './channels-schema.js';

/** Throws `StartError` with file, line and key of the fault, and never a value, because some are secrets. */
export const readChannelsFile = (file: string): ChannelsFile => {
  const yaml = readLinedYaml(contentOf(file));
  const [mistake] = yaml.mistakes;
  // The library's message repeats the text there.
  if (mistake) throw wrong(`${file}:${mistake.line} YAML 写法有误（${mistake.code}）`);

  const parsed = channelsFile.safeParse(settingsIn(yaml, file), { error: inChinese });
  if (parsed.success) return parsed.data;
  const reasons = parsed.error.issues.map((issue) => {
    const { at, named } = placeOf(issue);
    return [`${file}:${yaml.lineOf(at)}`, ...(named.length > 0 ? [named.join('.')] : []), issue.message];
  });
  throw wrong(reasons.map((words) => words.join(' ')).join('；'));
};

const wrong = (what: string): StartError => new StartError(`发送渠道配置有误：${what}。请改正后重新启动。`);

/** Others on the machine may not read it and the group may not write it. A group of the service may read. */
const FORBIDDEN = 0o026;

const contentOf = (file: string): string => {
  try {
    if ((statSync(file).mode & FORBIDDEN) === 0) return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StartError(`读不到 CHANNELS_FILE 指定的文件 ${file}（${code}）。请检查路径和权限。`);
  }
  throw new StartError(`${file} 中有密钥，权限过宽。请先执行 chmod 600 ${file}。`);
};

/** A file with comments alone configures nothing. */
const settingsIn = (yaml: LinedYaml, file: string): unknown => {
  try {
    return yaml.value() ?? {};
  } catch {
    throw wrong(`${file} 中的 YAML 别名有误`);
  }
};

/** Line and name of a fault. An unexpected key is not named: it may be a secret in the wrong place. */
const placeOf = (issue: z.core.$ZodIssue): { at: YamlPath; named: YamlPath } => {
  if (issue.code === 'unrecognized_keys') return { at: [...issue.path, ...issue.keys.slice(0, 1)], named: issue.path };
  return { at: issue.path, named: issue.code === 'invalid_key' ? issue.path.slice(0, -1) : issue.path };
};

const EXPECTED: Record<string, string> = {
  string: '应是文字，纯数字请加引号',
  int: '应是整数',
  array: '应是列表',
  object: '下面应有内容',
  record: '下面应有内容',
};

const chinese = z.locales.zhCN().localeError;

const inChinese: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'unrecognized_keys') return '这里不认识此行的项，请对照 channels.example.yaml';
  if (issue.code === 'invalid_key') return '此行的名称不能用：只用文字、数字、- 和 _，最多 64 个字';
  if (issue.code !== 'invalid_type') return chinese(issue);
  return issue.input === undefined ? '缺少这一项' : (EXPECTED[issue.expected] ?? chinese(issue));
};
