/** One account: what is said of it, its password and sessions, its sign-ins, and who changed what. */
import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ownAccountId } from '../../shared/account.js';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { useKeyOf, useSubmission } from '../../shared/forms.js';
import { Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { AccountForm, type ReadAccount, readAccount } from '../administration/account-form.js';
import { type AccountRecord, fieldInWords, passwordState } from '../administration/account-words.js';
import { SessionTable } from '../administration/session-table.js';
import { SignIns } from '../administration/sign-in-table.js';
import { DialogForm } from '../dialog-form.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { PasswordDialog } from '../secret-dialog.js';
import '../administration/administration.css';

const texts = administrationTexts.account;
const listTexts = administrationTexts.accounts;
const route = getRouteApi('/admin/accounts/$accountId');

export function AccountPage(): ReactNode {
  const { accountId } = route.useParams();
  const query = useQuery({ queryKey: ['accounts', accountId], queryFn: () => readAccount(accountId) });
  return (
    <>
      <p>
        <Link to="/admin/accounts">← {texts.back}</Link>
      </p>
      <Queried query={query}>{(read) => <Account key={accountId} read={read} />}</Queried>
    </>
  );
}

function Account({ read }: { read: ReadAccount }) {
  const { accountId, username, name, disabled } = read.content;
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: ['accounts'] });
  const isOwn = accountId === ownAccountId();
  usePageTitle(name);
  return (
    <div className="stack">
      <header className="page-head">
        <h1>{name}</h1>
        <span className="muted">{username}</span>
        {disabled && <Chip tone="bad">{listTexts.disabled}</Chip>}
      </header>
      <div className="two-columns">
        <section className="panel" aria-labelledby="edit">
          <h2 id="edit">{texts.edit}</h2>
          <AccountForm read={read} isOwn={isOwn} onSaved={refresh} />
        </section>
        <div>
          {!isOwn && <Acts account={read.content} refresh={refresh} />}
          <SessionTable
            queryKey={['accounts', accountId]}
            hint={texts.sessionsHint}
            read={() => answered(api.GET('/api/v1/accounts/{accountId}/sessions', { params: { path: { accountId } } }))}
            end={(sessionId) =>
              answered(
                api.DELETE('/api/v1/accounts/{accountId}/sessions/{sessionId}', {
                  params: { path: { accountId, sessionId } },
                }),
              )
            }
          />
        </div>
      </div>
      <SignIns
        queryKey={['accounts', accountId]}
        read={(query) =>
          answered(api.GET('/api/v1/accounts/{accountId}/sign-ins', { params: { path: { accountId }, query } }))
        }
      />
      <Changes accountId={accountId} />
    </div>
  );
}

type Act = 'reset' | 'codes' | 'revoke';

function Acts({ account, refresh }: { account: AccountRecord; refresh: () => void }) {
  const { accountId, name, hasPassword, oneTimeCode } = account;
  const [open, setOpen] = useState<Act>();
  const [made, setMade] = useState<Schemas['AccountWithPassword']>();
  const [done, setDone] = useState('');
  const [tries, setTries] = useState(0);
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    // Asked anew it is another act, and not the one before sent again.
    const params = { path: { accountId }, header: under(keyOf({ open, tries })) };
    if (open === 'reset')
      setMade(await answered(api.POST('/api/v1/accounts/{accountId}/password-reset', { params, body: {} })));
    if (open === 'codes')
      await answered(api.POST('/api/v1/accounts/{accountId}/one-time-code/removal', { params, body: {} }));
    if (open === 'revoke')
      await answered(api.POST('/api/v1/accounts/{accountId}/sessions/revocation', { params, body: {} }));
    setDone({ reset: '', codes: texts.codesRemoved, revoke: texts.revoked }[open!]);
    setOpen(undefined);
    setTries(tries + 1);
    refresh();
  });
  const password = passwordState(account);
  const words: Record<Act, [act: string, what: string]> = {
    reset: [hasPassword ? texts.reset : texts.issue, texts.resetWhat(name)],
    codes: [texts.removeCodes, texts.removeCodesWhat(name)],
    revoke: [texts.revoke, texts.revokeWhat(name)],
  };
  const acts: Act[] = oneTimeCode ? ['reset', 'codes', 'revoke'] : ['reset', 'revoke'];
  return (
    <section className="panel" aria-labelledby="acts">
      <h2 id="acts">{texts.acts}</h2>
      <p>
        {listTexts.columns.password}：<Chip tone={password.tone}>{password.words}</Chip>
      </p>
      <p>
        {texts.codes}：{oneTimeCode ? texts.codesOn : texts.codesOff}
      </p>
      {done && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <div className="actions">
        {acts.map((act) => (
          <button key={act} type="button" className="button" onClick={() => setOpen(act)}>
            {words[act][0]}
          </button>
        ))}
      </div>
      {open && (
        <DialogForm
          title={`${words[open][0]}：${name}`}
          submission={submission}
          submit={words[open][0]}
          tone="danger"
          onClose={() => setOpen(undefined)}
        >
          <p>{words[open][1]}</p>
        </DialogForm>
      )}
      {made && <PasswordDialog title={texts.reissued(name)} account={made} onClose={() => setMade(undefined)} />}
    </section>
  );
}

function Changes({ accountId }: { accountId: string }) {
  const query = useInfiniteQuery({
    queryKey: ['accounts', accountId, 'changes'],
    queryFn: ({ pageParam: cursor }) =>
      answered(
        api.GET('/api/v1/accounts/{accountId}/changes', {
          params: { path: { accountId }, query: { limit: 20, ...(cursor && { cursor }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <section aria-labelledby="changes">
      <h2 id="changes">{texts.changes}</h2>
      <PagedList query={query} none={texts.changesNone} more={texts.changesMore}>
        {(rows) => (
          <ListTable caption={texts.changes} heads={Object.values(texts.changeColumns)}>
            {rows.map(({ at, by, kind, fields }) => (
              <tr key={`${at} ${kind}`}>
                <td>
                  <Timestamp at={at} />
                </td>
                <td>{by.name ?? by.accountId}</td>
                <td>
                  {texts.changeKinds[kind]}
                  {fields.map(({ field, from, to }) => (
                    <div key={field} className="muted">
                      {texts.changedTo(
                        texts.fields[field] ?? field,
                        fieldInWords(field, from),
                        fieldInWords(field, to),
                      )}
                    </div>
                  ))}
                </td>
              </tr>
            ))}
          </ListTable>
        )}
      </PagedList>
    </section>
  );
}
