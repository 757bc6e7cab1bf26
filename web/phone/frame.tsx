/** The frame of every page of a unit: whose it is, what waits to be sent, the office's telephone, four places to go. */
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { signOut } from '../shared/account.js';
import { LineLost } from '../shared/api.js';
import { timeOfDay } from '../shared/beijing.js';
import { DrillStripe, LevelChip } from '../shared/chips.js';
import { liveLine, POLL_SECONDS } from '../shared/live.js';
import { useObserved } from '../shared/observed.js';
import { FailedPage, Loading } from '../shared/states.js';
import { usePageTitle } from '../shared/title.js';
import { codeTexts } from '../texts/zh-CN/codes.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';
import { type CurrentWork, unitAddress, useCurrentWork } from './current.js';
import { OutboxStrip } from './outbox-strip.js';

/** With an episode and its page: what every page of a unit's work needs. */
export type Work = CurrentWork & {
  episode: NonNullable<CurrentWork['episode']>;
  clock: NonNullable<CurrentWork['clock']>;
  unit: NonNullable<CurrentWork['page']['data']>;
};

interface FrameProps {
  title: string;
  work: CurrentWork;
  isHome?: boolean;
  children: ReactNode;
}

export function PhoneFrame({ title, work, isHome = false, children }: FrameProps) {
  const { episode, page } = work;
  usePageTitle(title, { drill: episode?.drill ?? false });
  return (
    <>
      <header className="phone-head">
        <DrillStripe drill={episode?.drill ?? false} />
        <div className="phone-who">
          {!isHome && (
            <Link href={unitAddress('/u', work)} className="back">
              ‹ {phoneTexts.back}
            </Link>
          )}
          <span className="unit-name">{page.data?.name}</span>
          {episode && <LevelChip level={episode.warningLevel} />}
        </div>
        <OutboxStrip />
        <LineWord work={work} />
      </header>
      <main className="phone-page">
        <h1 className={isHome ? 'hidden-visually' : undefined}>{title}</h1>
        {children}
        <OfficeTelephone desk={page.data?.officeDesk} />
        <p className="small">
          <a href="/password">{commonTexts.password.title}</a> <Link href="/u/one-time-code">{codeTexts.title}</Link>{' '}
          <button type="button" className="link-button" onClick={() => void signOut().catch(() => undefined)}>
            {commonTexts.signIn.signOut}
          </button>
        </p>
      </main>
      <PhoneNav work={work} />
    </>
  );
}

/** Whatever makes the page older than it looks. */
function LineWord({ work: { page, episodes } }: { work: CurrentWork }) {
  const { kind } = useObserved(liveLine);
  const error = page.error ?? episodes.error;
  const readAt = page.readAt || episodes.readAt;
  if (error instanceof LineLost && readAt > 0)
    return (
      <p className="notice warn" role="status">
        {phoneTexts.home.readAt(timeOfDay(readAt))}
      </p>
    );
  return kind === 'polling' ? <p className="notice warn small">{commonTexts.live.polling(POLL_SECONDS)}</p> : null;
}

function OfficeTelephone({ desk }: { desk: { name?: string; phone?: string } | undefined }) {
  if (!desk?.name && !desk?.phone) return null;
  return (
    <p className="office-phone">
      {phoneTexts.office(desk.name ?? '')} {desk.phone && <a href={`tel:${desk.phone}`}>{desk.phone}</a>}
    </p>
  );
}

const PLACES = [
  { path: '/u', label: phoneTexts.nav.home },
  { path: '/u/problems', label: phoneTexts.nav.problems },
  { path: '/u/record', label: phoneTexts.nav.record },
  { path: '/u/roster', label: phoneTexts.nav.roster },
] as const;

function PhoneNav({ work }: { work: CurrentWork }) {
  const [location] = useLocation();
  return (
    <nav className="phone-nav" aria-label={phoneTexts.nav.label}>
      {PLACES.map(({ path, label }) => (
        <Link key={path} href={unitAddress(path, work)} aria-current={location === path ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** A page about the current episode; without one, or while it is read, it says so. */
export function WorkPage({ title, children }: { title: string; children: (work: Work) => ReactNode }) {
  const work = useCurrentWork();
  return (
    <PhoneFrame title={title} work={work}>
      <WithWork work={work}>{children}</WithWork>
    </PhoneFrame>
  );
}

export function WithWork({ work, children }: { work: CurrentWork; children: (work: Work) => ReactNode }) {
  const { episodes, episode, clock, page } = work;
  if (!episodes.data) return <Unread reading={episodes} />;
  if (!episode || !clock)
    return (
      <section className="card">
        <h2>{phoneTexts.home.nothing}</h2>
        <p>{phoneTexts.home.nothingHint}</p>
      </section>
    );
  if (!page.data) return <Unread reading={page} />;
  return <>{children({ ...work, episode, clock, unit: page.data })}</>;
}

export const Unread = ({ reading: { error, refetch } }: { reading: { error: unknown; refetch: () => unknown } }) =>
  error === undefined ? <Loading /> : <FailedPage error={error} retry={() => void refetch()} />;
