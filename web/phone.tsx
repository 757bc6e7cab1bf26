/** The light entry: signing in for everybody, and the pages of the units. No component library. */
import './base.css';
import './phone/phone.css';
import { type ComponentType, useEffect, useState } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { openOutbox } from './phone/outbox.js';
import { CircularOfUnitPage, CircularsOfUnitPage } from './phone/pages/circular.js';
import { GroupPage } from './phone/pages/group.js';
import { HomePage } from './phone/pages/home.js';
import { ImplementationPage } from './phone/pages/implementation.js';
import { UnitCodesPage } from './phone/pages/one-time-code.js';
import { OutboxPage } from './phone/pages/outbox.js';
import { ProblemsPage } from './phone/pages/problems.js';
import { PublishPage } from './phone/pages/publish.js';
import { RecordPage } from './phone/pages/record.js';
import { ReportPage } from './phone/pages/report.js';
import { RevisionsOfUnitPage } from './phone/pages/revisions.js';
import { RosterPage } from './phone/pages/roster.js';
import { SummaryPage } from './phone/pages/summary.js';
import { TaskPage } from './phone/pages/task.js';
import { opened, type SignedIn } from './shared/account.js';
import { goLive } from './shared/live.js';
import { mount } from './shared/mount.js';
import { PasswordForm } from './shared/sign-in.js';
import { NotFound } from './shared/states.js';
import { usePageTitle } from './shared/title.js';
import { commonTexts } from './texts/zh-CN/common.js';

const FIRST_PAGE = { office: '/duty', supervisor: '/audit', administrator: '/first-steps', unit: '/u' } as const;

function Home({ role }: Pick<SignedIn, 'role'>) {
  useEffect(() => location.replace(FIRST_PAGE[role]), [role]);
  return null;
}

function PasswordPage() {
  const texts = commonTexts.password;
  const [isDone, setDone] = useState(false);
  usePageTitle(texts.title);
  return (
    <main className="sign-in">
      <h1>{texts.title}</h1>
      {isDone ? (
        <p className="notice good" role="status">
          {texts.done}
        </p>
      ) : (
        <PasswordForm
          onDone={(account) => {
            opened(account);
            setDone(true);
          }}
        />
      )}
      <p>
        <a href="/">{commonTexts.states.home}</a>
      </p>
    </main>
  );
}

const PAGES: ReadonlyArray<readonly [path: string, page: ComponentType]> = [
  ['/u', HomePage],
  ['/u/tasks/:taskId', TaskPage],
  ['/u/groups/:group', GroupPage],
  ['/u/report/:date', ReportPage],
  ['/u/implementation', ImplementationPage],
  ['/u/summary', SummaryPage],
  ['/u/problems', ProblemsPage],
  ['/u/circulars', CircularsOfUnitPage],
  ['/u/circulars/:circularId', CircularOfUnitPage],
  ['/u/publish', PublishPage],
  ['/u/record', RecordPage],
  ['/u/roster', RosterPage],
  ['/u/revisions', RevisionsOfUnitPage],
  ['/u/outbox', OutboxPage],
  ['/u/one-time-code', UnitCodesPage],
];

/** Not in WeChat on iOS, nor over plain HTTP: there an open page works on, and cannot be opened anew. */
function openWithoutLine(): void {
  if (!window.isSecureContext || !('serviceWorker' in navigator)) return;
  navigator.serviceWorker.register('/offline.js').catch(() => undefined);
}

/** All pages come at once: on the road the next file may not. */
function UnitPages() {
  const [location] = useLocation();
  useEffect(() => {
    goLive();
    void openOutbox();
    openWithoutLine();
  }, []);
  return (
    <>
      <FromTop key={location} />
      <Switch>
        {PAGES.map(([path, page]) => (
          <Route key={path} path={path} component={page} />
        ))}
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </>
  );
}

/** Another page begins at its top. */
function FromTop() {
  useEffect(() => window.scrollTo(0, 0), []);
  return null;
}

mount(({ role }) => (
  <Switch>
    <Route path="/password">
      <PasswordPage />
    </Route>
    <Route path="/u/*?">{role === 'unit' ? <UnitPages /> : <Home role={role} />}</Route>
    <Route path="/:signIn?">
      <Home role={role} />
    </Route>
    <Route>
      <NotFound />
    </Route>
  </Switch>
));
