import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** One signed-in account. Paths are below `/api/v1`. An error has the words of the server's answer. */
export interface Client {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  put<T>(path: string, body: unknown): Promise<T>;
}

export async function signInAs(address: string, username: string, password: string): Promise<Client> {
  const { token } = await call<{ token: string }>(address, 'POST', '/sessions', { username, password });
  return {
    get: (path) => call(address, 'GET', path, undefined, token),
    post: (path, body) => call(address, 'POST', path, body, token),
    put: (path, body) => call(address, 'PUT', path, body, token),
  };
}

/**
 * Repeats a call with the same key while the answer is 503. The outcome is then unknown, and a repeat is carried out at
 * most once.
 */
async function call<T>(address: string, method: string, path: string, body?: unknown, token?: string): Promise<T> {
  const request = {
    method,
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': randomUUID(),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
  for (;;) {
    const response = await fetch(`${address}/api/v1${path}`, request);
    if (response.ok) return (await response.json()) as T;
    if (response.status !== 503) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    await pause(Number(response.headers.get('Retry-After') ?? 1) * 1000);
  }
}
