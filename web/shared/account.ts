/** Who is signed in. The last account is kept in the browser, so that a page draws itself before the server answers. */
import { ApiRefusal, answered, api, type Schemas, whenSignedOut } from './api.js';
import { storedInBrowser, storeInBrowser } from './browser-store.js';
import { tellNews } from './news.js';
import { observed } from './observed.js';

export type SignedIn = Schemas['Account'];

/** `ended`: somebody was signed in on this page, and signs in over it. */
export type SessionState =
  | { kind: 'unknown'; account: SignedIn }
  | { kind: 'open'; account: SignedIn }
  | { kind: 'ended'; account: SignedIn }
  | { kind: 'none' };

const REMEMBERED = 'qingkong-account';
const known = storedInBrowser<SignedIn>(REMEMBERED);
export const openSession = observed<SessionState>(known ? { kind: 'unknown', account: known } : { kind: 'none' });

/** Under which this browser keeps what belongs to one account. Empty: nobody is signed in. */
export const ownAccountId = (): string => {
  const now = openSession.get();
  return now.kind === 'none' ? '' : now.account.accountId;
};

/** Whoever leaves is not asked to sign in again: the stream may tell of the end before the answer does. */
let isLeaving = false;

/** The server says that nobody is signed in any more. */
export function sessionEnded(): void {
  const now = openSession.get();
  if (now.kind !== 'none' && !isLeaving) openSession.set({ kind: 'ended', account: now.account });
}

whenSignedOut(sessionEnded);

/** Where the identity provider has just sent somebody back to: this browser need not know of anybody yet. */
const SIGNED_IN = '#signed-in';

/** Asks the server who is signed in. A lost line leaves the remembered account in place. */
export async function confirmSession(): Promise<void> {
  if (location.hash === SIGNED_IN) history.replaceState(null, '', location.pathname);
  else if (openSession.get().kind === 'none') return;
  try {
    opened(await answered(api.GET('/api/v1/sessions/current')));
  } catch (error) {
    if (!(error instanceof ApiRefusal) || error.status !== 401) return;
    storeInBrowser(REMEMBERED, undefined);
    openSession.set({ kind: 'none' });
  }
}

/**
 * Signs in, also over a page whose session has ended: it goes on where it was, unless somebody else signed in. Answers a
 * ticket where a code is asked for besides.
 */
export async function signIn(username: string, password: string): Promise<string | undefined> {
  const answer = await answered(api.POST('/api/v1/sessions', { body: { username, password } }));
  if ('ticket' in answer) return answer.ticket;
  goOnAs(answer.account);
  return undefined;
}

/** The second step. */
export async function giveCode(ticket: string, code: string): Promise<void> {
  goOnAs((await answered(api.POST('/api/v1/sessions/one-time-code', { body: { ticket, code } }))).account);
}

function goOnAs(account: SignedIn): void {
  const before = openSession.get();
  opened(account);
  if (before.kind === 'ended' && before.account.accountId !== account.accountId) location.assign('/');
  else tellNews();
}

export async function signOut(): Promise<void> {
  isLeaving = true;
  try {
    await answered(api.DELETE('/api/v1/sessions/current'));
  } catch (error) {
    isLeaving = false;
    throw error;
  }
  storeInBrowser(REMEMBERED, undefined);
  location.assign('/');
}

export function opened(account: SignedIn): void {
  storeInBrowser(REMEMBERED, account);
  openSession.set({ kind: 'open', account });
}
