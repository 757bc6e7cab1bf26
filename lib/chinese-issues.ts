/** The refusals of a schema in words that an office reads: what was given, what is wrong, and an example. */
import type { z } from 'zod';
import { quoted } from './quoted.js';

type Raw = z.core.$ZodRawIssue;

/** What a kind of value is called, with an example. */
type Kinds = Record<string, string>;

const IN_JSON: Kinds = {
  string: '文字（加引号），例如 "区教育局"',
  number: '数字（不加引号），例如 12',
  int: '整数（不加引号），例如 12',
  boolean: 'true 或 false（不加引号）',
  array: '列表（写在方括号里），例如 [ … ]',
  tuple: '列表（写在方括号里），例如 [151, 200]',
  object: '一组字段（写在花括号里），例如 { … }',
  record: '一组字段（写在花括号里），例如 { … }',
  null: 'null（没有内容）',
};

const IN_YAML: Kinds = {
  string: '文字（纯数字、时间和日期要加引号），例如 区教育局、"10:00"',
  number: '数字（不加引号），例如 12',
  int: '整数（不加引号），例如 12',
  boolean: 'true 或 false（不加引号）',
  array: '列表（每项一行，以“- ”开头），例如 [red, orange]',
  tuple: '列表，例如 [2026-01-01, 2026-01-03]',
  object: '一组“名称: 内容”（写在下面各行，向右缩进）',
  record: '一组“名称: 内容”（写在下面各行，向右缩进）',
  null: '空（不写内容）',
};

const FORMATS: Record<string, string> = {
  date: '应为一个日期，例如 2026-01-10',
  'date-time': '应为带时区的时间，例如 2026-01-10T14:00:00+08:00',
  datetime: '应为带时区的时间，例如 2026-01-10T14:00:00+08:00',
  email: '应为电子邮箱，例如 zhangsan@example.com',
};

/** zod's own texts are for programmers: `error` of every schema that a person's input meets. */
export const inChinese = inWords(IN_JSON, '按接口文档');
/** The same of a file that somebody writes. */
export const inChineseOfYaml = inWords(IN_YAML, '按示例');

function inWords(kinds: Kinds, as: string): z.core.$ZodErrorMap {
  return (issue) => {
    const said = reasonOf(issue, kinds, as);
    return issue.code === 'unrecognized_keys' ? said : said.replace(/^应/, '不符合要求，应');
  };
}

function reasonOf(issue: Raw, kinds: Kinds, as: string): string {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = FORMATS[formatOf(issue)] ?? `应为${kinds[issue.expected] ?? `${as}的写法`}`;
      return issue.input === undefined ? `请填写这一项，${kind}` : kind;
    }
    case 'invalid_value': {
      const values = `应为${issue.values.map(String).join('、')}${issue.values.length > 1 ? '之一' : ''}`;
      return issue.input === undefined ? `请填写这一项，${values}` : values;
    }
    case 'invalid_format':
      return FORMATS[issue.format] ?? `写法不对，应${as}的写法填写`;
    case 'too_big':
      return tooMuch(issue.origin, issue.maximum);
    case 'too_small':
      return tooLittle(issue.origin, issue.minimum);
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数，例如 ${issue.divisor}`;
    case 'unrecognized_keys':
      return `没有${issue.keys.map(quoted).join('、')}这个字段，请删去`;
    case 'invalid_key':
      return `这个名称不能用，请${as}改正`;
    default:
      return `填写的内容不符合要求，请${as}改正`;
  }
}

/** What a field of text is to hold: by its description, else by its check. */
function formatOf({ inst }: Raw): string {
  const schema = inst as { format?: string | null; meta?(): { format?: unknown } | undefined } | undefined;
  return String(schema?.meta?.()?.format ?? schema?.format ?? '');
}

const UNITS: Record<string, string> = { string: '个字', array: '项', set: '项', map: '项', object: '项' };

const tooMuch = (origin: string, most: number | bigint): string => {
  const unit = UNITS[origin];
  return unit ? `太长，最多 ${most} ${unit}，请删减` : `太大，应不超过 ${most}，例如 ${most}`;
};

const tooLittle = (origin: string, least: number | bigint): string => {
  const unit = UNITS[origin];
  if (unit) return Number(least) === 1 ? '不能为空，请填写' : `太短，应不少于 ${least} ${unit}，请补充`;
  return `太小，应不小于 ${least}，例如 ${least}`;
};

/** Fields whose content no answer repeats. */
const SECRET = /password|token|secret|^(current|next|code|ticket)$/i;

/** The words of an issue with the value before them, where there is one to show. Needs `reportInput`. */
export function sayingWhat({ input, path, message, code }: z.core.$ZodIssue): string {
  const isSecret = path.some((part) => SECRET.test(String(part)));
  if (isSecret || code === 'unrecognized_keys') return message;
  const value =
    typeof input === 'string'
      ? input.trim()
      : typeof input === 'number' || typeof input === 'boolean'
        ? String(input)
        : '';
  if (value === '' || message.includes(quoted(value))) return message;
  return `填写的是${quoted(value)}，${message}`;
}
