/** The frame of both entries: faults of the page, and the session. */
import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { SignedIn } from './account.js';
import { SessionGate } from './sign-in.js';
import { Guard } from './states.js';

const RELOADED = 'qingkong-reloaded';

/** After an update the files of the old build are gone: the page is loaded anew, once. */
window.addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem(RELOADED)) return;
  sessionStorage.setItem(RELOADED, 'yes');
  location.reload();
});

export function mount(page: (account: SignedIn) => ReactNode, codesDue?: ReactNode): void {
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <Guard>
        <SessionGate codesDue={codesDue}>{page}</SessionGate>
      </Guard>
    </StrictMode>,
  );
}
