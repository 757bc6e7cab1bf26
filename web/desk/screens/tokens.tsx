/** Tokens by which other programs use the interface. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { fromWallTime, millisecondsOf, wallTimeOf } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { detailsOf, RoleFields } from '../administration/account-fields.js';
import { DialogForm } from '../dialog-form.js';
import { ChoiceField, choicesOf, MomentField } from '../fields.js';
import { useKeptDraft } from '../kept-draft.js';
import { ListTable } from '../list-table.js';
import { SecretDialog } from '../secret-dialog.js';
import '../administration/administration.css';

const texts = administrationTexts.tokens;
const TOKENS = ['tokens'];
type Token = Schemas['Token'];

export function TokensPage(): ReactNode {
  usePageTitle(texts.title);
  const [isAdding, setAdding] = useState(false);
  const [made, setMade] = useState<Schemas['IssuedToken']>();
  const [revoking, setRevoking] = useState<Token>();
  const query = useQuery({ queryKey: TOKENS, queryFn: () => answered(api.GET('/api/v1/tokens')) });
  return (
    <>
      <header className="page-head">
        <h1>{texts.title}</h1>
        <span className="fill" />
        <button type="button" className="button primary" onClick={() => setAdding(true)}>
          {texts.add}
        </button>
      </header>
      <p className="muted page-hint">
        {texts.hint} <a href="/docs">{texts.docs}</a>
      </p>
      <Queried query={query}>
        {({ items }) =>
          items.length === 0 ? <Empty>{texts.none}</Empty> : <TokenTable tokens={items} revoke={setRevoking} />
        }
      </Queried>
      {isAdding && (
        <NewTokenDialog
          onClose={() => setAdding(false)}
          onDone={(token) => {
            setAdding(false);
            setMade(token);
          }}
        />
      )}
      {made && (
        <SecretDialog
          title={texts.created(made.name)}
          label={texts.token}
          secret={made.token}
          onClose={() => setMade(undefined)}
        >
          <p>{texts.passOn}</p>
        </SecretDialog>
      )}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(undefined)} />}
    </>
  );
}

function stateOf({ revokedAt, expiresAt }: Token): 'revoked' | 'expired' | 'valid' {
  if (revokedAt !== undefined) return 'revoked';
  return millisecondsOf(expiresAt) < Date.now() ? 'expired' : 'valid';
}

const TokenTable = ({ tokens, revoke }: { tokens: readonly Token[]; revoke: (token: Token) => void }) => (
  <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
    {tokens.map((token) => {
      const state = stateOf(token);
      return (
        <tr key={token.tokenId}>
          <th scope="row">{token.name}</th>
          <td>
            {administrationTexts.roles[token.role]} {token.unitId}
          </td>
          <td>{texts.scopes[token.scope]}</td>
          <td>
            <Timestamp at={token.expiresAt} />
          </td>
          <td>
            {token.lastUsedAt ? <Timestamp at={token.lastUsedAt} /> : <span className="muted">{texts.never}</span>}
          </td>
          <td>
            <Chip tone={state === 'valid' ? 'good' : 'plain'}>{texts.states[state]}</Chip>{' '}
            {token.revokedAt && <Timestamp at={token.revokedAt} />}
            {state === 'valid' && (
              <button
                type="button"
                className="button danger"
                aria-label={texts.revokeOf(token.name)}
                onClick={() => revoke(token)}
              >
                {texts.revoke}
              </button>
            )}
          </td>
        </tr>
      );
    })}
  </ListTable>
);

const DAY = 86_400_000;
const USUAL_DAYS = 90;

interface NewTokenDialogProps {
  onClose: () => void;
  onDone: (token: Schemas['IssuedToken']) => void;
}

function NewTokenDialog({ onClose, onDone }: NewTokenDialogProps) {
  const [empty] = useState(() => ({
    name: '',
    role: 'supervisor' as Schemas['AccountRole'],
    unitId: '',
    scope: 'read' as Token['scope'],
    expiresAt: wallTimeOf(Date.now() + USUAL_DAYS * DAY),
  }));
  const kept = useKeptDraft('token', empty);
  const { draft, set } = kept;
  const client = useQueryClient();
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    const { scope, expiresAt, ...details } = draft;
    const body = { ...detailsOf(details), scope, expiresAt: fromWallTime(expiresAt) };
    const token = await answered(api.POST('/api/v1/tokens', { params: { header: under(keyOf(body)) }, body }));
    void client.invalidateQueries({ queryKey: TOKENS });
    kept.clear();
    onDone(token);
  });
  return (
    <DialogForm title={texts.add} submission={submission} submit={texts.create} kept={kept} onClose={onClose}>
      <TextField
        label={texts.name}
        hint={texts.nameHint}
        required
        maxLength={100}
        wrong={submission.fields.name}
        value={draft.name}
        onChange={({ target }) => set({ name: target.value })}
      />
      <RoleFields draft={draft} set={set} wrong={submission.fields} />
      <ChoiceField
        label={texts.scope}
        choices={choicesOf(texts.scopes)}
        wrong={submission.fields.scope}
        value={draft.scope}
        onChoice={(scope) => set({ scope: scope as Token['scope'] })}
      />
      <MomentField
        label={texts.expires}
        hint={texts.expiresHint}
        required
        wrong={submission.fields.expiresAt}
        value={draft.expiresAt}
        onChange={({ target }) => set({ expiresAt: target.value })}
      />
    </DialogForm>
  );
}

function RevokeDialog({ token: { tokenId, name }, onClose }: { token: Token; onClose: () => void }) {
  const client = useQueryClient();
  const submission = useSubmission(async () => {
    await answered(api.DELETE('/api/v1/tokens/{tokenId}', { params: { path: { tokenId } } }));
    await client.invalidateQueries({ queryKey: TOKENS });
    onClose();
  });
  return (
    <DialogForm
      title={texts.revokeOf(name)}
      submission={submission}
      submit={texts.revoke}
      tone="danger"
      onClose={onClose}
    >
      <p>{texts.revokeWhat}</p>
    </DialogForm>
  );
}
