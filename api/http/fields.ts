import type { z } from 'zod';
import { inChinese, sayingWhat } from '../../lib/chinese-issues.js';
import { meantIssues } from '../../lib/meant-issues.js';
import { quoted } from '../../lib/quoted.js';
import { type FieldError, Problem } from './problems.js';
import type { Route } from './route.js';

const STRICTLY = { error: inChinese, reportInput: true };

interface Raw {
  params: unknown;
  query: unknown;
  body: unknown;
}

/** Checks all fields, so that a form can show every error. Refuses with 400. */
export function checkFields(route: Route, raw: Raw): { params: unknown; query: unknown; body: unknown } {
  const params = route.params?.safeParse(raw.params, STRICTLY);
  const query = route.query?.safeParse(raw.query, STRICTLY);
  const body = route.body?.safeParse(raw.body, STRICTLY);
  const errors = [params, query, body].flatMap((result) => (result?.error ? errorsOf(result.error) : []));
  if (errors.length > 0) throw invalidFields(errors);
  return { params: params?.data, query: query?.data, body: body?.data };
}

export const invalidFields = (errors: FieldError[]): Problem =>
  new Problem('fields-invalid', '部分内容未填写或填写有误，请按 errors 中的提示修改后重新提交。', {
    errors: errors.slice(0, MOST_ERRORS),
  });

/** Nobody reads more at once. The others show when these are mended. */
const MOST_ERRORS = 20;

/** One sentence for a field: the first says what is wrong, others only follow from it. */
function errorsOf(error: z.ZodError): FieldError[] {
  const errors = meantIssues(error).flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys
          .slice(0, MOST_ERRORS)
          .map((key) => ({ field: nameOf([...issue.path, key]), detail: `没有${quoted(key)}这个字段，请删去` }))
      : [{ field: nameOf(issue.path), detail: sayingWhat(issue) }],
  );
  const firsts = new Map(errors.toReversed().map((one) => [one.field, one]));
  return errors.filter((one) => firsts.get(one.field) === one);
}

const nameOf = (path: PropertyKey[]): string => path.map(String).join('.');
