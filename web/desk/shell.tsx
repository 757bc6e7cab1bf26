/** The frame of every desk page: strip, menu, and what is true of the whole page. */
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { openSession, type SignedIn, signOut } from '../shared/account.js';
import { timeWithSeconds } from '../shared/beijing.js';
import { BeijingClock } from '../shared/clock.js';
import { useSubmission } from '../shared/forms.js';
import { liveLine, POLL_SECONDS } from '../shared/live.js';
import { useObserved } from '../shared/observed.js';
import { FaultNotice } from '../shared/states.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { deskTexts } from '../texts/zh-CN/desk.js';
import { MENU } from './menu.js';

export function Shell(): ReactNode {
  const now = useObserved(openSession);
  const pathname = useLocation({ select: (location) => location.pathname });
  if (now.kind === 'none') return null;
  if (pathname === '/wall') return <Outlet />;
  const items = MENU[now.account.role];
  const here = currentItem(items, pathname);
  return (
    <>
      <a className="skip" href="#content">
        {deskTexts.skip}
      </a>
      <Strip account={now.account} />
      <div className="frame">
        <nav className="menu not-printed" aria-label={deskTexts.menuLabel}>
          {items.map(({ to, label }) => (
            <Link key={to} to={to} activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: to !== here }}>
              {label}
            </Link>
          ))}
        </nav>
        <main id="content" className="content">
          <Outlet />
        </main>
      </div>
    </>
  );
}

/** The item that a page is below: the longest, of `/audit` and `/audit/compare`. */
const currentItem = (items: ReadonlyArray<{ to: string }>, pathname: string): string | undefined =>
  items
    .map(({ to }) => to)
    .filter((to) => pathname === to || pathname.startsWith(`${to}/`))
    .sort((one, other) => other.length - one.length)[0];

function Strip({ account }: { account: SignedIn }) {
  const leaving = useSubmission(signOut);
  return (
    <header className="strip not-printed">
      <strong>{commonTexts.product}</strong>
      <span className="muted">{deskTexts.roles[account.role]}</span>
      <span className="fill" />
      <Connection />
      <BeijingClock />
      <Link to="/me">{deskTexts.menu.ownAccount}</Link>
      <button type="button" className="link-button" disabled={leaving.busy} onClick={() => void leaving.run()}>
        {commonTexts.signIn.signOut}
      </button>
      <FaultNotice fault={leaving.fault} />
    </header>
  );
}

/** Always there: how fresh is what I see. */
function Connection() {
  const { kind, lastAt } = useObserved(liveLine);
  const words = kind === 'polling' ? commonTexts.live.polling(POLL_SECONDS) : commonTexts.live[kind];
  return (
    <span className={kind === 'polling' ? 'connection notice warn' : 'connection'}>
      <span role="status">{words}</span>
      {lastAt !== undefined && <span className="number">，{commonTexts.live.lastUpdate(timeWithSeconds(lastAt))}</span>}
    </span>
  );
}
