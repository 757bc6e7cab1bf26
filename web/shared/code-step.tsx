/** The second step of a sign-in: the code of an authenticator, or a recovery code. */
import { useState } from 'react';
import { codeTexts } from '../texts/zh-CN/codes.js';
import { giveCode } from './account.js';
import { CodeField } from './code-field.js';
import { Focused } from './focused.js';
import { SmallForm, useSubmission } from './forms.js';

const texts = codeTexts.step;

export function CodeStep({ ticket, onBack }: { ticket: string; onBack: () => void }) {
  const [byRecovery, setByRecovery] = useState(false);
  const [code, setCode] = useState('');
  const submission = useSubmission(() => giveCode(ticket, code));
  return (
    <>
      {!byRecovery && <p>{texts.hint}</p>}
      <SmallForm submission={submission} submit={texts.submit}>
        <Focused key={String(byRecovery)}>
          <CodeField
            label={byRecovery ? texts.recovery : texts.code}
            hint={byRecovery ? texts.recoveryHint : undefined}
            letters={byRecovery}
            value={code}
            wrong={submission.fields.code}
            onTyped={setCode}
          />
        </Focused>
      </SmallForm>
      <p className="small">
        <button
          type="button"
          className="link-button"
          onClick={() => {
            setByRecovery(!byRecovery);
            setCode('');
          }}
        >
          {byRecovery ? texts.useCode : texts.useRecovery}
        </button>
      </p>
      <p className="small">
        <button type="button" className="link-button" onClick={onBack}>
          {texts.back}
        </button>
      </p>
    </>
  );
}
