/** The issues of a schema's refusal, with those of a union told apart. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/**
 * Of a value that fits no shape of a union, the issues of the shape that was meant: the one that it follows furthest.
 * Example: a list of steps with one to nobody known breaks the shape "list" at the step and the shape "by level" at once.
 */
export const meantIssues = ({ issues }: { issues: readonly Issue[] }): Issue[] =>
  issues.flatMap((issue) => {
    if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
    const shapes = issue.errors.map((errors) => meantIssues({ issues: errors }));
    const [meant] = shapes.sort((one, other) => depthOf(other) - depthOf(one) || one.length - other.length);
    return meant!.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
  });

const depthOf = (issues: readonly Issue[]): number => Math.max(...issues.map(({ path }) => path.length));
