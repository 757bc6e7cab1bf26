/** The HTTP contract: a typed client, its refusals as errors, and keys under which a command is carried out once. */

import type { components, paths } from 'contract';
import createClient from 'openapi-fetch';

export type Schemas = components['schemas'];

/** Called when an answer says that nobody is signed in. */
let onSignedOut: () => void = () => undefined;
export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

export const api = createClient<paths>({
  baseUrl: '/',
  credentials: 'same-origin',
  headers: { Accept: 'application/json' },
});

api.use({
  onResponse({ response }) {
    if (
      response.status === 401 &&
      response.headers.get('Content-Type')?.includes('problem+json') &&
      !isSignIn(response)
    )
      onSignedOut();
  },
});

const isSignIn = ({ url }: Response): boolean => /\/api\/v1\/sessions(\/(current|one-time-code))?$/.test(url);

type ProblemBody = Schemas['Problem'];

/** The program refused, in its own words. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly problem: ProblemBody,
  ) {
    super(problem.detail);
  }

  /** The last part of the type, which is stable: `notice-conflict`. */
  get kind(): string {
    return this.problem.type.replace(/^.*\//, '');
  }

  /** Words beside each field. */
  get fields(): Record<string, string> {
    return Object.fromEntries((this.problem.errors ?? []).map(({ field, detail }) => [field, detail]));
  }
}

/** No answer came, or one that is not the program's: a lost line, a proxy, a server that is starting. */
export class LineLost extends Error {}

/** The same command with the same key may be sent again: it is carried out at most once. */
export const mayRepeat = (error: unknown): boolean =>
  error instanceof LineLost || (error instanceof ApiRefusal && [429, 500, 502, 503, 504].includes(error.status));

interface Asked<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The content of an answer. Throws `ApiRefusal` or `LineLost`. */
export async function answered<T>(asked: Promise<Asked<T>>): Promise<T> {
  const { data, error, response } = await asked.catch((reason: unknown) => {
    throw new LineLost(String(reason));
  });
  if (response.ok) return data as T;
  throw isProblem(error) ? new ApiRefusal(response.status, error) : new LineLost(`HTTP ${response.status}`);
}

/** The content of an answer, and the version that a change of it may name (`If-Match`). */
export async function answeredWithVersion<T>(asked: Promise<Asked<T>>): Promise<{ content: T; version: string }> {
  let version = '';
  const content = await answered(
    asked.then((answer) => {
      version = answer.response.headers.get('ETag') ?? '';
      return answer;
    }),
  );
  return { content, version };
}

export const isProblem = (error: unknown): error is ProblemBody =>
  typeof error === 'object' && error !== null && typeof (error as Partial<ProblemBody>).detail === 'string';

/** Made when the person taps, so that whatever is sent again is one command. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The parameters of a command with its key. */
export const under = (key: string) => ({ 'Idempotency-Key': key });
