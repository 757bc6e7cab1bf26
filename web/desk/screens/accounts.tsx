/** All accounts: looked for by role, name and password, and a new one with its one-time password. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { SelectField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { type AccountDraft, AccountFields, detailsOf } from '../administration/account-fields.js';
import { type AccountRecord, passwordState } from '../administration/account-words.js';
import { DialogForm } from '../dialog-form.js';
import { choicesOf } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';
import { ListTable } from '../list-table.js';
import { PagedList } from '../paged-list.js';
import { PasswordDialog } from '../secret-dialog.js';
import '../administration/administration.css';

const texts = administrationTexts.accounts;
const route = getRouteApi('/admin/accounts');
const EMPTY = { username: '', name: '', role: 'unit', unitId: '' } as const;

export function AccountsPage(): ReactNode {
  usePageTitle(texts.title);
  const filter = route.useSearch();
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<Schemas['AccountWithPassword']>();
  const query = useInfiniteQuery({
    queryKey: ['accounts', 'list', filter],
    queryFn: ({ pageParam: cursor }) =>
      answered(api.GET('/api/v1/accounts', { params: { query: { ...asked(filter), ...(cursor && { cursor }) } } })),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
  return (
    <>
      <header className="page-head">
        <h1>{texts.title}</h1>
        <span className="fill" />
        <button type="button" className="button primary" onClick={() => setAdding(true)}>
          {texts.add}
        </button>
      </header>
      <Filters key={JSON.stringify(filter)} {...filter} />
      <PagedList query={query} none={texts.none} more={texts.more}>
        {(accounts) => <AccountTable accounts={accounts} />}
      </PagedList>
      {isAdding && (
        <NewAccountDialog
          onClose={() => setAdding(false)}
          onDone={(account) => {
            setAdding(false);
            setMade(account);
          }}
        />
      )}
      {made && <PasswordDialog title={texts.created(made.name)} account={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

interface Filter {
  role?: Schemas['AccountRole'] | undefined;
  text?: string | undefined;
  password?: 'handed-out' | undefined;
}

const asked = ({ role, text, password }: Filter) => ({
  ...(role && { role }),
  ...(text && { text }),
  ...(password && { password }),
});

function Filters({ role, text = '', password }: Filter) {
  const navigate = useNavigate({ from: '/admin/accounts' });
  const [typed, setTyped] = useState(text);
  const show = (changes: Filter) => void navigate({ search: { role, text: text || undefined, password, ...changes } });
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        show({ text: typed.trim() || undefined });
      }}
    >
      <SelectField
        label={texts.role}
        choices={[{ value: '', label: texts.allRoles }, ...choicesOf(administrationTexts.roles)]}
        value={role ?? ''}
        onChoice={(value) => show({ role: value === '' ? undefined : (value as Schemas['AccountRole']) })}
      />
      <TextField
        label={texts.text}
        placeholder={texts.textHint}
        type="search"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
      />
      <button type="submit" className="button">
        {texts.search}
      </button>
      <label className="check">
        <input
          type="checkbox"
          checked={password !== undefined}
          onChange={({ target }) => show({ password: target.checked ? 'handed-out' : undefined })}
        />
        {texts.onlyHandedOut}
      </label>
    </form>
  );
}

const AccountTable = ({ accounts }: { accounts: readonly AccountRecord[] }) => (
  <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
    {accounts.map((account) => {
      const { accountId, username, name, role, unitId, lastSignInAt, disabled } = account;
      const password = passwordState(account);
      return (
        <tr key={accountId}>
          <th scope="row">
            <Link to="/admin/accounts/$accountId" params={{ accountId }}>
              {username}
            </Link>
          </th>
          <td>{name}</td>
          <td>
            {administrationTexts.roles[role]} {unitId !== undefined && unitId !== username && `（${unitId}）`}
          </td>
          <td>
            <Chip tone={password.tone}>{password.words}</Chip>
          </td>
          <td>{lastSignInAt ? <Timestamp at={lastSignInAt} /> : <span className="muted">{texts.never}</span>}</td>
          <td>{disabled ? <Chip tone="bad">{texts.disabled}</Chip> : texts.enabled}</td>
        </tr>
      );
    })}
  </ListTable>
);

interface NewAccountDialogProps {
  onClose: () => void;
  onDone: (account: Schemas['AccountWithPassword']) => void;
}

function NewAccountDialog({ onClose, onDone }: NewAccountDialogProps) {
  const kept = useKeptDraft<AccountDraft & { username: string }>('account', EMPTY);
  const { draft, set } = kept;
  const client = useQueryClient();
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const body = { username: draft.username, ...detailsOf(draft) };
    const account = await answered(api.POST('/api/v1/accounts', { params: { header: under(keyOf(body)) }, body }));
    void client.invalidateQueries({ queryKey: ['accounts'] });
    kept.clear();
    onDone(account);
  });
  return (
    <DialogForm title={texts.add} submission={submission} submit={texts.create} kept={kept} onClose={onClose}>
      <p>{texts.createWhat}</p>
      <TextField
        label={texts.username}
        hint={texts.usernameHint}
        required
        autoComplete="off"
        wrong={submission.fields.username}
        value={draft.username}
        onChange={({ target }) => set({ username: target.value })}
      />
      <AccountFields draft={draft} set={set} wrong={submission.fields} nameHint={texts.nameHint} />
    </DialogForm>
  );
}
