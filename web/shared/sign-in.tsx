/** Signing in, over the page when a session has ended, and the change of a first password. */
import { type ReactNode, useEffect, useState } from 'react';
import { commonTexts } from '../texts/zh-CN/common.js';
import { confirmSession, opened, openSession, type SignedIn, signIn } from './account.js';
import { answered, api, newKey, under } from './api.js';
import { CodeStep } from './code-step.js';
import { Dialog } from './dialog.js';
import { SmallForm, TextField, useSubmission } from './forms.js';
import { useObserved } from './observed.js';
import { SingleSignOn } from './single-sign-on.js';
import { Loading } from './states.js';

const texts = commonTexts.signIn;

function SignInForm() {
  const [ticket, setTicket] = useState<string>();
  return ticket === undefined ? (
    <>
      <PasswordStep onTicket={setTicket} />
      <SingleSignOn />
    </>
  ) : (
    <CodeStep ticket={ticket} onBack={() => setTicket(undefined)} />
  );
}

function PasswordStep({ onTicket }: { onTicket: (ticket: string) => void }) {
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const submission = useSubmission(async () => {
    const ticket = await signIn(username.trim(), password);
    if (ticket !== undefined) onTicket(ticket);
  });
  return (
    <SmallForm submission={submission} submit={texts.submit}>
      <TextField
        label={texts.username}
        name="username"
        autoComplete="username"
        autoCapitalize="none"
        required
        value={username}
        wrong={submission.fields.username}
        onChange={({ target }) => setUsername(target.value)}
      />
      <TextField
        label={texts.password}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        value={password}
        wrong={submission.fields.password}
        onChange={({ target }) => setPassword(target.value)}
      />
    </SmallForm>
  );
}

export function SignInPage() {
  useEffect(() => {
    document.title = `${texts.title} · ${commonTexts.product}`;
  }, []);
  return (
    <main className="sign-in">
      <p className="muted">
        {commonTexts.product} · {commonTexts.system}
      </p>
      <h1>{texts.title}</h1>
      <SignInForm />
      <p className="small muted">{texts.forgotten}</p>
    </main>
  );
}

const SignInOver = () => (
  <Dialog title={texts.again}>
    <p>{texts.againHint}</p>
    <SignInForm />
  </Dialog>
);

export function PasswordForm({ onDone }: { onDone: (account: SignedIn) => void }) {
  const words = commonTexts.password;
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [repeat, setRepeat] = useState('');
  const differs = repeat !== '' && repeat !== next ? words.differs : undefined;
  const submission = useSubmission(async () => {
    if (next !== repeat) return;
    const body = { current, next };
    // Whoever corrects the input gives another command, so each try has a key of its own.
    const header = under(newKey());
    onDone(await answered(api.PUT('/api/v1/accounts/me/password', { params: { header }, body })));
  });
  return (
    <SmallForm submission={submission} submit={words.submit}>
      <TextField
        label={words.current}
        type="password"
        autoComplete="current-password"
        required
        value={current}
        wrong={submission.fields.current}
        onChange={({ target }) => setCurrent(target.value)}
      />
      <TextField
        label={words.next}
        type="password"
        autoComplete="new-password"
        required
        hint={words.rule}
        value={next}
        wrong={submission.fields.next}
        onChange={({ target }) => setNext(target.value)}
      />
      <TextField
        label={words.repeat}
        type="password"
        autoComplete="new-password"
        required
        value={repeat}
        wrong={differs}
        onChange={({ target }) => setRepeat(target.value)}
      />
    </SmallForm>
  );
}

interface SessionGateProps {
  children: (account: SignedIn) => ReactNode;
  /** For whoever has to enrol one-time codes first. Absent: another entry has it, and leads there. */
  codesDue?: ReactNode;
}

/** Shows `children` to whoever is signed in, and keeps them there when the session ends. */
export function SessionGate({ children, codesDue }: SessionGateProps) {
  const now = useObserved(openSession);
  const [confirmed, setConfirmed] = useState(false);
  useEffect(() => {
    void confirmSession().finally(() => setConfirmed(true));
  }, []);
  if (now.kind === 'none') return confirmed ? <SignInPage /> : <Loading />;
  if (now.account.mustChangePassword)
    return (
      <main className="sign-in">
        <h1>{commonTexts.password.title}</h1>
        <p>{commonTexts.password.must}</p>
        <PasswordForm onDone={opened} />
      </main>
    );
  return (
    <>
      {codesDue !== undefined && now.account.due.includes('oneTimeCode') ? codesDue : children(now.account)}
      {now.kind === 'ended' && <SignInOver />}
    </>
  );
}
