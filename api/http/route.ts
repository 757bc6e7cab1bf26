import type { Readable, Writable } from 'node:stream';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Account, AccountRole } from '../auth/account.js';
import type { SignedSession } from '../auth/sessions.js';
import type { Context } from '../engine/context.js';

/** JSON has no `undefined`: an optional field is present or absent. */
export type Exact<T> = T extends readonly unknown[]
  ? { [K in keyof T]: Exact<T[K]> }
  : T extends object
    ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> }
    : T;

/**
 * The roles that may use the route. `own` limits a unit to itself. `signed-in` needs a session only, even before the
 * first password is changed.
 */
export type Access = 'anyone' | 'signed-in' | { [role in AccountRole]?: 'any' | 'own' };

export interface Call<Params, Query, Body, Found> {
  context: Context;
  params: Exact<Params>;
  query: Exact<Query>;
  body: Exact<Body>;
  /** The result of `find`. */
  found: Found;
  /** Absent where no sign-in is needed. */
  account: Account;
  /** The `Idempotency-Key` of a POST or PUT, or one made by the server. */
  key: string;
  /** The server made the key, so no earlier request can have used it. */
  isKeyNew: boolean;
  /** Method and concrete path, e.g. `POST /api/v1/episodes`. */
  action: string;
  session: SignedSession;
  /** For routes that receive a file, whose body is not read yet. */
  request: Request;
}

export interface Answer {
  status: number;
  body?: object;
  /** Bytes in place of `body`. They are always downloads, never shown in our origin. */
  file?: { mediaType: string; name: string; content: Buffer | Readable; size?: number };
  /** A page in place of `body`, shown in a sandbox: without scripts, our origin and its cookies, or anything from elsewhere. */
  page?: string;
  /** Events in place of `body`: writes them until somebody ends the answer. Never compressed, kept or held back. */
  stream?: (response: Writable) => void;
  location?: string;
  headers?: Record<string, string>;
}

type Method = 'get' | 'post' | 'put' | 'delete';

interface Described<Params, Query, Body> {
  method: Method;
  /** As OpenAPI writes it: `/api/v1/units/{unitId}`. */
  path: string;
  summary: string;
  /** Whatever the summary has no room for, in Markdown. */
  description?: string;
  access: Access;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** Media types of a file that `handle` reads itself. `body` has no effect then. */
  receives?: readonly string[];
  /** The largest file. A larger request is refused unread. */
  mostBytes?: number;
  /** Takes `If-Match`, and answers 412 when that version has changed. */
  ifMatch?: true;
  /** No program may use it by a token: what it changes are ways in. */
  byPerson?: true;
  /** The answer holds a password or token. Compressed beside what the caller chose, its length would tell of it (BREACH). */
  holdsSecret?: true;
  /** What its answer is called among what was taken out: numbers of the people of every unit, read on a page. Files are recorded anyway. */
  listsPeople?: string;
  /** Answers a stream, of which an account may have so many: one too many is 429. */
  streams?: true;
  /** Counts failures, and answers 429 after too many. */
  limited?: true;
  /** Answers by status: `undefined` has no body, a list of media types is a file. */
  answers: Record<number, z.ZodType | readonly string[] | undefined>;
}

// Methods, not properties: a table holds routes of many shapes, and TypeScript compares methods loosely.
export interface Route<Params = unknown, Query = unknown, Body = unknown, Found = unknown>
  extends Described<Params, Query, Body> {
  /** Throws 404 before the fields are checked. The ids are as in the path. */
  find?(context: Context, ids: Record<string, string>): Promise<Found>;
  handle(call: Call<Params, Query, Body, Found>): Promise<Answer>;
}

/** Lets a route's schemas type its handler. */
export const route = <Params, Query, Body, Found = undefined>(definition: Route<Params, Query, Body, Found>): Route =>
  definition as Route;
