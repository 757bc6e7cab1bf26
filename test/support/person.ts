/** A person at a screen, signed in over HTTP, who sends each command with its key until the answer is definite. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Entry } from '../../episode/entries.js';
import type { HttpLine } from './bad-line.js';

export interface PersonRequest {
  method: 'GET' | 'POST' | 'PUT';
  /** Below `/api/v1`. */
  path: string;
  body?: object;
  key?: string;
}

export interface HttpAnswer<Body = Record<string, unknown>> {
  status: number;
  body: Body;
}

/** An accepted command, with the part of its entry that the answer shows. */
export interface AcceptedCommand {
  person: Person;
  request: PersonRequest;
  entry: Pick<Entry, 'seq' | 'at' | 'episodeTime' | 'kind' | 'hash'>;
}

export interface Person {
  username: string;
  get<Body>(path: string): Promise<Body>;
  /** Sends once. `undefined` if the connection broke before there was an answer. */
  send(request: PersonRequest): Promise<HttpAnswer | undefined>;
  /** Sends until there is an answer other than 503. */
  insist(request: PersonRequest): Promise<HttpAnswer>;
  /** Sends with the same key until carried out or refused (409, 422). Throws on any other answer. */
  command(method: 'POST' | 'PUT', path: string, body?: object): Promise<HttpAnswer>;
}

/** The contract leaves the pause before a repeat to the client. */
const AGAIN_AFTER = 100;
/** Longer than any outage of a test. A program that does not come back fails the test instead of blocking it. */
const PATIENCE = 5 * 60_000;
const REFUSALS = [409, 422];

/** Signs in. Accepted commands are noted in `journal`. The address stays valid through restarts of the program. */
export const signInPerson = async (
  address: string,
  { username, password }: { username: string; password: string },
  journal: AcceptedCommand[] = [],
  line: HttpLine = fetch,
): Promise<Person> => {
  let token: string | undefined;

  const person: Person = {
    username,
    get: async <Body>(path: string) => {
      const answer = await person.insist({ method: 'GET', path });
      if (answer.status !== 200) throw unexpected(path, answer);
      return answer.body as Body;
    },
    send: async ({ method, path, body, key }) => {
      let response: Response;
      let text: string;
      try {
        response = await line(`${address}/api/v1${path}`, {
          method,
          headers: {
            'Content-Type': 'application/json',
            ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
            ...(key === undefined ? {} : { 'Idempotency-Key': key }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        text = await response.text();
      } catch {
        return undefined;
      }
      return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
    },
    insist: async (request) => {
      let last: HttpAnswer | undefined;
      for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(AGAIN_AFTER)) {
        last = await person.send(request);
        if (last && last.status !== 503) return last;
      }
      throw last ? unexpected(request.path, last) : new Error(`${request.path}: nobody answers`);
    },
    command: async (method, path, body = {}) => {
      const request = { method, path, body, key: randomUUID() };
      const answer = await person.insist(request);
      if (answer.status < 300) journal.push({ person, request, entry: answer.body.entry as AcceptedCommand['entry'] });
      else if (!REFUSALS.includes(answer.status)) throw unexpected(path, answer);
      return answer;
    },
  };

  const signedIn = await person.insist({ method: 'POST', path: '/sessions', body: { username, password } });
  if (signedIn.status !== 201) throw unexpected('/sessions', signedIn);
  token = String(signedIn.body.token);
  return person;
};

const unexpected = (path: string, { status, body }: HttpAnswer): Error =>
  new Error(`${path}: ${status} ${JSON.stringify(body)}`);
