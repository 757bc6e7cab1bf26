/** As whom somebody is signed in. Pages that several roles open leave out what the server would refuse. */
import { openSession } from '../shared/account.js';
import type { Schemas } from '../shared/api.js';
import { useObserved } from '../shared/observed.js';

export function useRole(): Schemas['AccountRole'] | undefined {
  const now = useObserved(openSession);
  return now.kind === 'none' ? undefined : now.account.role;
}

export const useIsOffice = (): boolean => useRole() === 'office';
