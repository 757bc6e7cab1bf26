/** What an administrator changes of an account. Somebody else's change meanwhile is shown, and the form stays. */
import { type ReactNode, useState } from 'react';
import { ApiRefusal, answeredWithVersion, api, under } from '../../shared/api.js';
import { SmallForm, useKeyOf, useSubmission } from '../../shared/forms.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { FoundDraft } from '../found-draft.js';
import { useKeptDraft } from '../kept-draft.js';
import { type AccountDraft, AccountFields, detailsOf } from './account-fields.js';
import { type AccountRecord, fieldInWords } from './account-words.js';

const texts = administrationTexts.account;

export interface ReadAccount {
  content: AccountRecord;
  version: string;
}

export const readAccount = (accountId: string): Promise<ReadAccount> =>
  answeredWithVersion(api.GET('/api/v1/accounts/{accountId}', { params: { path: { accountId } } }));

const draftOf = ({ name, role, unitId = '', disabled }: AccountRecord) => ({ name, role, unitId, disabled });

const FIELDS = ['name', 'role', 'unitId', 'disabled'] as const;
const differencesIn = (before: AccountRecord, after: AccountRecord) =>
  FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    from: before[field]?.toString(),
    to: after[field]?.toString(),
  }));

export interface AccountFormProps {
  read: ReadAccount;
  isOwn: boolean;
  onSaved: () => void;
}

export function AccountForm({ read, isOwn, onSaved }: AccountFormProps): ReactNode {
  const { accountId } = read.content;
  const [empty] = useState<AccountDraft & { disabled: boolean; basis: ReadAccount }>(() => ({
    ...draftOf(read.content),
    basis: read,
  }));
  const kept = useKeptDraft(`accounts/${accountId}`, empty);
  const { basis, ...draft } = kept.draft;
  const [moved, setMoved] = useState<ReturnType<typeof differencesIn>>([]);
  const [isSaved, setSaved] = useState(false);
  const keyOf = useKeyOf();
  function set(changes: Partial<typeof draft>) {
    setSaved(false);
    kept.set(changes);
  }
  const submission = useSubmission(async () => {
    const body = { ...detailsOf(draft), disabled: draft.disabled };
    const header = { ...under(keyOf({ body, basis: basis.version })), 'If-Match': basis.version };
    try {
      const params = { path: { accountId }, header };
      const saved = await answeredWithVersion(api.PUT('/api/v1/accounts/{accountId}', { params, body }));
      kept.clear({ ...draftOf(saved.content), basis: saved });
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 412) {
        const now = await readAccount(accountId);
        setMoved(differencesIn(basis.content, now.content));
        kept.set({ basis: now });
      }
      throw error;
    }
    setMoved([]);
    setSaved(true);
    onSaved();
  });
  return (
    <SmallForm submission={submission} submit={texts.save}>
      <FoundDraft kept={kept} />
      {isOwn && <p className="notice">{texts.own}</p>}
      <AccountFields draft={draft} set={set} wrong={submission.fields} roleHint={texts.roleHint} />
      <label className="choice">
        <input
          type="checkbox"
          checked={draft.disabled}
          disabled={isOwn}
          onChange={({ target }) => set({ disabled: target.checked })}
        />
        {texts.disable}
      </label>
      <p className="small muted">{texts.disableHint}</p>
      {moved.length > 0 && (
        <div className="notice warn" role="status">
          <p>{texts.changed}</p>
          <ul>
            {moved.map(({ field, from, to }) => (
              <li key={field}>
                {texts.changedTo(texts.fields[field] ?? field, fieldInWords(field, from), fieldInWords(field, to))}
              </li>
            ))}
          </ul>
          <p>{texts.changedNext}</p>
        </div>
      )}
      {isSaved && (
        <p className="notice good" role="status">
          {texts.saved}
        </p>
      )}
    </SmallForm>
  );
}
