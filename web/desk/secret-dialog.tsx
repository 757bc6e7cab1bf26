/** A password or token that is shown once: it is held by this dialog alone, and gone when it closes. */
import { type ReactNode, useRef, useState } from 'react';
import type { Schemas } from '../shared/api.js';
import { momentInWords } from '../shared/beijing.js';
import { Dialog } from '../shared/dialog.js';
import { TextField } from '../shared/forms.js';
import { administrationTexts } from '../texts/zh-CN/administration.js';

const texts = administrationTexts.secret;

export interface SecretDialogProps {
  title: string;
  label: string;
  /** Absent: the answer to a request that was sent again shows none. */
  secret: string | undefined;
  children: ReactNode;
  onClose: () => void;
}

export function SecretDialog({ title, label, secret, children, onClose }: SecretDialogProps): ReactNode {
  const box = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  async function copy() {
    try {
      await navigator.clipboard.writeText(secret!);
      setSaid(texts.copied);
    } catch {
      // Over plain HTTP there is no clipboard.
      box.current?.querySelector('input')?.select();
      setSaid(texts.notCopied);
    }
  }
  return (
    // Escape does not close it: nobody could read the secret again.
    <Dialog title={title}>
      {secret === undefined ? (
        <p className="notice warn">{texts.gone}</p>
      ) : (
        <>
          <p className="notice warn">{texts.once}</p>
          <div className="shown-once" ref={box}>
            <TextField label={label} readOnly value={secret} onFocus={({ target }) => target.select()} />
            <button type="button" className="button" onClick={() => void copy()}>
              {texts.copy}
            </button>
            <span role="status">{said}</span>
          </div>
          {children}
        </>
      )}
      <div className="actions">
        <button type="button" className="button primary" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </Dialog>
  );
}

export interface PasswordDialogProps {
  title: string;
  account: Schemas['AccountWithPassword'];
  onClose: () => void;
}

/** The one-time password of an account, to be told to the person who has it. */
export const PasswordDialog = ({ title, account, onClose }: PasswordDialogProps): ReactNode => {
  const { username, oneTimePassword, passwordUntil = account.createdAt } = account;
  const words = administrationTexts.accounts;
  return (
    <SecretDialog title={title} label={words.password} secret={oneTimePassword} onClose={onClose}>
      <p>{words.passOn(username, momentInWords(passwordUntil))}</p>
    </SecretDialog>
  );
};
