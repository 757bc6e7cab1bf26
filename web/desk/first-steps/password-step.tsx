/** Accounts whose password nobody has chosen, and the first password of a unit that has joined. */
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ownAccountId } from '../../shared/account.js';
import { answered, api, newKey, type Schemas, under } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { useSubmission } from '../../shared/forms.js';
import { firstStepsTexts } from '../../texts/zh-CN/first-steps.js';
import { DialogForm } from '../dialog-form.js';
import { PasswordDialog } from '../secret-dialog.js';
import '../administration/administration.css';

const texts = firstStepsTexts.passwords;

type Passwords = Schemas['Readiness']['passwords'];
type HandedOut = Passwords['handedOut'][number];

export function PasswordStep({
  accounts,
  handedOut,
  isAdministrator,
}: Passwords & { isAdministrator: boolean }): ReactNode {
  const [issuing, setIssuing] = useState<HandedOut>();
  const [made, setMade] = useState<Schemas['AccountWithPassword']>();
  const isOwn = handedOut.some(({ accountId }) => accountId === ownAccountId());
  return (
    <>
      <p>{handedOut.length === 0 ? texts.done(accounts) : texts.left(handedOut.length, accounts)}</p>
      <p className="step-links">
        {isOwn && <Link to="/me">{texts.changeOwn}</Link>}
        {isAdministrator && (
          <Link to="/admin/accounts" search={{ password: 'handed-out' }}>
            {texts.accounts}
          </Link>
        )}
      </p>
      {handedOut.length > 0 && (
        <details>
          <summary>{texts.who}</summary>
          <ul className="lines">
            {handedOut.map((account) => (
              <HandedOutLine key={account.accountId} account={account} issue={() => setIssuing(account)} />
            ))}
          </ul>
        </details>
      )}
      {issuing && (
        <IssueDialog
          account={issuing}
          onClose={() => setIssuing(undefined)}
          onDone={(account) => {
            setIssuing(undefined);
            setMade(account);
          }}
        />
      )}
      {made && <PasswordDialog title={texts.issued(made.name)} account={made} onClose={() => setMade(undefined)} />}
    </>
  );
}

function HandedOutLine({ account, issue }: { account: HandedOut; issue: () => void }) {
  const { name, role, username, hasPassword, hasSignedIn } = account;
  return (
    <li>
      {name} <span className="muted">{username}</span> {!hasPassword && <Chip tone="bad">{texts.noPassword}</Chip>}{' '}
      {hasPassword && !hasSignedIn && <span className="muted">{texts.neverSignedIn}</span>}{' '}
      {role === 'unit' && !hasPassword && (
        <button type="button" className="link-button" aria-label={texts.issueTo(name)} onClick={issue}>
          {texts.issue}
        </button>
      )}
    </li>
  );
}

interface IssueDialogProps {
  account: HandedOut;
  onClose: () => void;
  onDone: (account: Schemas['AccountWithPassword']) => void;
}

function IssueDialog({ account: { name, unitId = '' }, onClose, onDone }: IssueDialogProps) {
  const client = useQueryClient();
  const [key] = useState(newKey);
  const submission = useSubmission(async () => {
    const params = { path: { unitId }, header: under(key) };
    const account = await answered(api.POST('/api/v1/units/{unitId}/account/first-password', { params, body: {} }));
    void client.invalidateQueries({ queryKey: ['readiness'] });
    onDone(account);
  });
  return (
    <DialogForm title={texts.issueTo(name)} submission={submission} submit={texts.issue} onClose={onClose}>
      <p>{texts.issueWhat(name)}</p>
    </DialogForm>
  );
}
