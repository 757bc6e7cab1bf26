/** One's own one-time codes: enrolled in three steps, shown, removed. The desk adds the secret as a picture. */
import { type ComponentType, useCallback, useEffect, useState } from 'react';
import { codeTexts } from '../texts/zh-CN/codes.js';
import { answered, api, newKey, type Schemas, under } from './api.js';
import { momentInWords } from './beijing.js';
import { CodeField } from './code-field.js';
import { Focused } from './focused.js';
import { SmallForm, TextField, useSubmission } from './forms.js';
import { Queried } from './states.js';

const CODES = '/api/v1/accounts/me/one-time-code';
const FEW = 3;

/** Draws the address that an authenticator scans. */
export type Picture = ComponentType<{ uri: string }>;

interface EnrolmentProps {
  picture?: Picture | undefined;
  onDone: () => void;
}

/** Each try has a key of its own: whoever corrects the input gives another command. */
const underNewKey = () => ({ header: under(newKey()) });

export function Enrolment({ picture, onDone }: EnrolmentProps) {
  const [begun, setBegun] = useState<Schemas['OneTimeCodeEnrolment']>();
  const [codes, setCodes] = useState<string[]>();
  if (codes) return <RecoveryCodes codes={codes} onDone={onDone} />;
  return begun?.secret && begun.uri ? (
    <Confirmation secret={begun.secret} uri={begun.uri} picture={picture} onConfirmed={setCodes} />
  ) : (
    <Beginning onBegun={setBegun} />
  );
}

function Beginning({ onBegun }: { onBegun: (begun: Schemas['OneTimeCodeEnrolment']) => void }) {
  const [password, setPassword] = useState('');
  const submission = useSubmission(async () =>
    onBegun(await answered(api.POST(CODES, { params: underNewKey(), body: { password } }))),
  );
  return (
    <>
      <p>{codeTexts.what}</p>
      <SmallForm submission={submission} submit={codeTexts.enrol.begin}>
        <PasswordField value={password} wrong={submission.fields.password} onTyped={setPassword} />
      </SmallForm>
    </>
  );
}

interface ConfirmationProps {
  secret: string;
  uri: string;
  picture: Picture | undefined;
  onConfirmed: (codes: string[]) => void;
}

function Confirmation({ secret, uri, picture: Drawn, onConfirmed }: ConfirmationProps) {
  const texts = codeTexts.enrol;
  const [code, setCode] = useState('');
  const submission = useSubmission(async () => {
    const asked = api.POST(`${CODES}/confirmation`, { params: underNewKey(), body: { code } });
    onConfirmed((await answered(asked)).recoveryCodes ?? []);
  });
  return (
    <>
      <h2>{texts.add}</h2>
      {Drawn && (
        <>
          <p>{texts.scan}</p>
          <Drawn uri={uri} />
        </>
      )}
      <p>
        <a href={uri}>{texts.open}</a>
      </p>
      <p>{texts.byHand}</p>
      <p className="secret">{inGroups(secret)}</p>
      <p className="small muted">{texts.secretOnce}</p>
      <h2>{texts.confirm}</h2>
      <SmallForm submission={submission} submit={texts.submit}>
        <Focused>
          <CodeField label={texts.code} value={code} wrong={submission.fields.code} onTyped={setCode} />
        </Focused>
      </SmallForm>
    </>
  );
}

/** `ABCD EFGH`: as somebody reads it out or types it. */
const inGroups = (secret: string): string => (secret.match(/.{1,4}/g) ?? []).join(' ');

function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const texts = codeTexts.recovery;
  const [isKept, setKept] = useState(false);
  const hasCodes = codes.length > 0;
  return (
    <>
      <h2>{texts.title}</h2>
      <p role="status">{hasCodes ? texts.hint : texts.lost}</p>
      {hasCodes && (
        <>
          <ul className="recovery-codes">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <button type="button" className="button not-printed" onClick={() => window.print()}>
            {texts.print}
          </button>
          <label className="not-printed">
            <input type="checkbox" checked={isKept} onChange={({ target }) => setKept(target.checked)} /> {texts.kept}
          </label>
        </>
      )}
      <button type="button" className="button primary not-printed" disabled={hasCodes && !isKept} onClick={onDone}>
        {texts.done}
      </button>
    </>
  );
}

function Removal({ onDone }: { onDone: () => void }) {
  const texts = codeTexts.removal;
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const submission = useSubmission(async () => {
    await answered(api.POST(`${CODES}/removal`, { params: underNewKey(), body: { password, code } }));
    onDone();
  });
  return (
    <>
      <h3>{texts.title}</h3>
      <p>{texts.hint}</p>
      <SmallForm submission={submission} submit={texts.submit}>
        <PasswordField value={password} wrong={submission.fields.password} onTyped={setPassword} />
        <CodeField label={texts.code} letters value={code} wrong={submission.fields.code} onTyped={setCode} />
      </SmallForm>
    </>
  );
}

interface PasswordFieldProps {
  value: string;
  wrong: string | undefined;
  onTyped: (typed: string) => void;
}

const PasswordField = ({ value, wrong, onTyped }: PasswordFieldProps) => (
  <TextField
    label={codeTexts.enrol.password}
    type="password"
    autoComplete="current-password"
    required
    value={value}
    wrong={wrong}
    onChange={({ target }) => onTyped(target.value)}
  />
);

interface OneTimeCodeProps {
  picture?: Picture | undefined;
  /** `h1` where the page has nothing else. */
  heading?: 'h1' | 'h2';
}

/** A section of a page about oneself. */
export function OneTimeCode({ picture, heading: Heading = 'h2' }: OneTimeCodeProps) {
  const own = useOwnAccount();
  return (
    <section className="own-codes">
      <Heading>{codeTexts.title}</Heading>
      <Queried query={own}>
        {({ oneTimeCode: codes, oneTimeCodesOffered }) =>
          codes ? (
            <>
              <p role="status">{codeTexts.isOn(momentInWords(codes.since), codes.recoveryCodesLeft)}</p>
              {codes.recoveryCodesLeft < FEW && <p className="notice warn">{codeTexts.few}</p>}
              <Removal onDone={own.refetch} />
            </>
          ) : (
            <>
              <p role="status">{codeTexts.isOff}</p>
              {oneTimeCodesOffered ? (
                <Enrolment picture={picture} onDone={own.refetch} />
              ) : (
                <p className="notice">{codeTexts.notOffered}</p>
              )}
            </>
          )
        }
      </Queried>
    </section>
  );
}

function useOwnAccount() {
  const [data, setData] = useState<Schemas['OwnAccount']>();
  const [error, setError] = useState<unknown>(null);
  const refetch = useCallback(() => {
    setError(null);
    void answered(api.GET('/api/v1/accounts/me')).then(setData, setError);
  }, []);
  useEffect(refetch, [refetch]);
  return { data, error, refetch };
}
