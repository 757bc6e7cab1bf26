/** One's own account: password, sessions, sign-ins. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { opened } from '../../shared/account.js';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { useSubmission } from '../../shared/forms.js';
import { PasswordForm } from '../../shared/sign-in.js';
import { FaultNotice, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { codeTexts } from '../../texts/zh-CN/codes.js';
import { ownAccountTexts as texts } from '../../texts/zh-CN/own-account.js';
import { SignIns } from '../administration/sign-in-table.js';
import { ListTable } from '../list-table.js';
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

function OwnSessions() {
  const query = useQuery({
    queryKey: [...ME, 'sessions'],
    queryFn: () => answered(api.GET('/api/v1/accounts/me/sessions')),
  });
  const [isEnded, setEnded] = useState(false);
  return (
    <section className="panel" aria-labelledby="sessions">
      <h2 id="sessions">{texts.sessions}</h2>
      <p className="muted">{texts.sessionsHint}</p>
      {isEnded && (
        <p className="notice good" role="status">
          {texts.ended}
        </p>
      )}
      <Queried query={query}>
        {({ items }) => (
          <ListTable caption={texts.sessions} heads={Object.values(texts.columns)}>
            {items.map((session) => (
              <SessionRow key={session.sessionId} session={session} onEnded={() => setEnded(true)} />
            ))}
          </ListTable>
        )}
      </Queried>
    </section>
  );
}

interface SessionRowProps {
  session: Schemas['OwnSession'];
  onEnded: () => void;
}

function SessionRow({ session, onEnded }: SessionRowProps) {
  const { sessionId, current, since, lastUsedAt, address, device } = session;
  const client = useQueryClient();
  const ending = useSubmission(async () => {
    await answered(api.DELETE('/api/v1/accounts/me/sessions/{sessionId}', { params: { path: { sessionId } } }));
    onEnded();
    await client.invalidateQueries({ queryKey: ME });
  });
  return (
    <tr>
      <th scope="row">{device}</th>
      <td className="number">{address}</td>
      <td>
        <Timestamp at={since} />
      </td>
      <td>
        <Timestamp at={lastUsedAt} />
      </td>
      <td>
        {current ? (
          <Chip tone="good">{texts.current}</Chip>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={texts.endOf(device, momentInWords(since))}
            disabled={ending.busy}
            onClick={() => void ending.run()}
          >
            {texts.end}
          </button>
        )}
        <FaultNotice fault={ending.fault} />
      </td>
    </tr>
  );
}
