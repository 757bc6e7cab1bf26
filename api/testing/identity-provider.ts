/** A real identity provider (OpenID Connect) with pages to sign in at, and a browser that clicks through them. For tests alone. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

type Claims = Record<string, unknown>;

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** What it says of a person, by the name with which that one signs in. */
  people: Map<string, Claims>;
  /** Its id tokens, changed before they are sent. */
  spoil: ((claims: Claims) => Claims) | undefined;
  /** Ready once it knows where it may send people back to. */
  register(redirectUri: string): void;
  close(): Promise<void>;
}

const KEY_ID = 'k1';
const CLIENT = { clientId: 'qingkong', clientSecret: 'a-secret-of-the-client' };

export async function testProvider(): Promise<TestProvider> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: KEY_ID, use: 'sig', alg: 'RS256' };
  let answer: ReturnType<Provider['callback']> | undefined;
  const server = createServer((request, response) => void answer?.(request, response)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const shown: TestProvider = {
    issuer,
    ...CLIENT,
    people: new Map(),
    spoil: undefined,
    register(redirectUri) {
      const provider = quietly(issuer, {
        clients: [{ client_id: CLIENT.clientId, client_secret: CLIENT.clientSecret, redirect_uris: [redirectUri] }],
        jwks: { keys: [key] },
        cookies: { keys: ['of the test'] },
        claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'department', 'roles'] },
        ttl: Object.fromEntries(ARTIFACTS.map((artifact) => [artifact, 3600])),
        findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...shown.people.get(sub) }) }),
      });
      provider.use(async (context, next) => {
        await next();
        const { id_token: token } = (context.body ?? {}) as { id_token?: string };
        if (token === undefined || !shown.spoil) return;
        const spoilt = new SignJWT(shown.spoil(decodeJwt(token))).setProtectedHeader({ alg: 'RS256', kid: KEY_ID });
        context.body = { ...(context.body as object), id_token: await spoilt.sign(privateKey) };
      });
      answer = provider.callback();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return shown;
}

const ARTIFACTS = ['AccessToken', 'AuthorizationCode', 'Grant', 'IdToken', 'Interaction', 'Session'];

/** It says at length on the console that it is meant for tests so far. */
function quietly(...given: ConstructorParameters<typeof Provider>): Provider {
  const { info, warn } = console;
  console.info = console.warn = () => undefined;
  try {
    return new Provider(...given);
  } finally {
    Object.assign(console, { info, warn });
  }
}

/** A browser's cookies, by name: both sides are on this machine, and each has names of its own. */
export interface Jar {
  cookies: Map<string, string>;
}
export const newJar = (): Jar => ({ cookies: new Map() });

export async function visit(jar: Jar, url: string, form?: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { Cookie: [...jar.cookies].map((pair) => pair.join('=')).join('; ') },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '') jar.cookies.delete(name);
    else jar.cookies.set(name, value);
  }
  return response;
}

/** Signs in at the provider's pages from this address on, and answers where it sends the browser back to. */
export async function clickThrough(jar: Jar, start: string, login: string | 'cancel'): Promise<string> {
  const { origin } = new URL(start);
  let url = start;
  while (url.startsWith(origin)) {
    const page = await visit(jar, url);
    const next = page.headers.get('Location');
    if (next !== null) {
      url = new URL(next, url).href;
      continue;
    }
    const html = await page.text();
    const action = /action="([^"]+)"/.exec(html)?.[1];
    if (action === undefined) throw new Error(`${url}: ${page.status} ${html.slice(0, 500)}`);
    const abort = /href="([^"]+\/abort)"/.exec(html)?.[1];
    if (login === 'cancel' && abort !== undefined) {
      url = new URL(abort, url).href;
      continue;
    }
    const prompt = /name="prompt" value="(\w+)"/.exec(html)?.[1] ?? 'login';
    const sent = await visit(jar, new URL(action, url).href, { prompt, login, password: 'any' });
    url = new URL(sent.headers.get('Location') ?? '', url).href;
  }
  return url;
}
