/** The first password of a unit that joined. */
import { type ReactNode, useState } from 'react';
import { answered, api, newKey, type Schemas, under } from '../../shared/api.js';
import { useSubmission } from '../../shared/forms.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { DialogForm } from '../dialog-form.js';
import { PasswordDialog } from '../secret-dialog.js';

const texts = actTexts.password;

export interface FirstPasswordDialogProps {
  unit: { unitId: string; name: string };
  onClose: () => void;
}

export function FirstPasswordDialog({ unit: { unitId, name }, onClose }: FirstPasswordDialogProps): ReactNode {
  const [account, setAccount] = useState<Schemas['AccountWithPassword']>();
  const submission = useSubmission(async () => {
    setAccount(
      await answered(
        api.POST('/api/v1/units/{unitId}/account/first-password', {
          params: { path: { unitId }, header: under(newKey()) },
          body: {},
        }),
      ),
    );
  });
  if (account) return <PasswordDialog title={texts.title(name)} account={account} onClose={onClose} />;
  return (
    <DialogForm title={texts.title(name)} submission={submission} submit={texts.submit} onClose={onClose}>
      <p>{texts.what}</p>
    </DialogForm>
  );
}
