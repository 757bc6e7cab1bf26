import type { Readable } from 'node:stream';
import type { Request } from 'express';
import type { z } from 'zod';
import type { Account, AccountRole } from '../auth/account.js';
import type { SignedSession } from '../auth/sessions.js';
import type { Context } from '../engine/context.js';

/** What came as JSON has no `undefined`: an optional field is there or it is not. */
export type Exact<T> = T extends readonly (infer Item)[]
  ? Exact<Item>[]
  : T extends object
    ? { [K in keyof T]: Exact<Exclude<T[K], undefined>> }
    : T;

/**
 * Which roles may; `own` binds a unit to the unit its account is for. `signed-in` is whoever has a session, also one
 * that has to change its password first.
 */
export type Access = 'anyone' | 'signed-in' | { [role in AccountRole]?: 'any' | 'own' };

export interface Call<Params, Query, Body, Found> {
  context: Context;
  params: Exact<Params>;
  query: Exact<Query>;
  body: Exact<Body>;
  /** What `find` found. */
  found: Found;
  /** Absent on the routes that anyone may use. */
  account: Account;
  /** Of a POST or PUT: the caller's `Idempotency-Key`, or the one made for them. */
  key: string;
  /** Method and concrete path, e.g. `POST /api/v1/episodes`. */
  action: string;
  session: SignedSession;
  /** For a route that receives a file: its body is still to be read. */
  request: Request;
}

export interface Answer {
  status: number;
  body?: object;
  /** Instead of `body`: bytes, always to be saved and never shown in our origin. */
  file?: { mediaType: string; name: string; content: Buffer | Readable; size?: number };
  location?: string;
  headers?: Record<string, string>;
}

type Method = 'get' | 'post' | 'put' | 'delete';

interface Described<Params, Query, Body> {
  method: Method;
  /** As OpenAPI writes it: `/api/v1/units/{unitId}`. */
  path: string;
  summary: string;
  access: Access;
  params?: z.ZodType<Params>;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  /** The body is a file, read by `handle` itself, of these media types; `body` has no say then. */
  receives?: readonly string[];
  /** Of the file: a request that says it is larger is refused unread. */
  mostBytes?: number;
  /** Takes `If-Match`, and answers 412 when what it names has changed meanwhile. */
  ifMatch?: true;
  /** Counts failures, and answers 429 after too many. */
  limited?: true;
  /** By status; `undefined` has no body, a list of media types is a file. */
  answers: Record<number, z.ZodType | readonly string[] | undefined>;
}

// Methods, not properties: a table holds routes of many shapes, and TypeScript compares methods loosely.
export interface Route<Params = unknown, Query = unknown, Body = unknown, Found = unknown>
  extends Described<Params, Query, Body> {
  /** Throws the 404 before the fields are judged; ids come as the path has them. */
  find?(context: Context, ids: Record<string, string>): Promise<Found>;
  handle(call: Call<Params, Query, Body, Found>): Promise<Answer>;
}

/** Lets a route's schemas type its handler. */
export const route = <Params, Query, Body, Found = undefined>(definition: Route<Params, Query, Body, Found>): Route =>
  definition as Route;
