/** One's own account: password, sessions, sign-ins. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { opened } from '../../shared/account.js';
import { answered, api } from '../../shared/api.js';
import { PasswordForm } from '../../shared/sign-in.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { codeTexts } from '../../texts/zh-CN/codes.js';
import { ownAccountTexts as texts } from '../../texts/zh-CN/own-account.js';
import { SessionTable } from '../administration/session-table.js';
import { SignIns } from '../administration/sign-in-table.js';
import '../administration/administration.css';

const ME = ['me'];

export function OwnAccountPage(): ReactNode {
  usePageTitle(texts.title);
  const query = useQuery({ queryKey: ME, queryFn: () => answered(api.GET('/api/v1/accounts/me')) });
  return (
    <Queried query={query}>
      {({ name, username, role }) => (
        <div className="stack">
          <header className="page-head">
            <h1>{texts.title}</h1>
            <span className="muted">
              {name} · {username} · {administrationTexts.roles[role]}
            </span>
          </header>
          <div className="two-columns">
            <OwnPassword />
            <div>
              <OwnSessions />
              <OwnCodes />
            </div>
          </div>
          <SignIns
            queryKey={ME}
            read={(query) => answered(api.GET('/api/v1/accounts/me/sign-ins', { params: { query } }))}
          />
        </div>
      )}
    </Queried>
  );
}

function OwnPassword() {
  const client = useQueryClient();
  const [changes, setChanges] = useState(0);
  return (
    <section className="panel" aria-labelledby="password">
      <h2 id="password">{texts.password}</h2>
      {changes > 0 && (
        <p className="notice good" role="status">
          {texts.passwordDone}
        </p>
      )}
      <PasswordForm
        // Emptied when it has been carried out.
        key={changes}
        onDone={(account) => {
          opened(account);
          setChanges(changes + 1);
          void client.invalidateQueries();
        }}
      />
    </section>
  );
}

const OwnCodes = () => (
  <section className="panel" aria-labelledby="codes">
    <h2 id="codes">{codeTexts.title}</h2>
    <p className="muted">{texts.codesHint}</p>
    <Link to="/one-time-code">{texts.codesOpen}</Link>
  </section>
);

const OwnSessions = () => (
  <SessionTable
    queryKey={ME}
    hint={texts.sessionsHint}
    read={() => answered(api.GET('/api/v1/accounts/me/sessions'))}
    end={(sessionId) =>
      answered(api.DELETE('/api/v1/accounts/me/sessions/{sessionId}', { params: { path: { sessionId } } }))
    }
  />
);
