/** One-time codes at the desk: a telephone scans the secret from the screen. */
import { QRCode } from 'antd';
import { confirmSession } from '../shared/account.js';
import { Enrolment, OneTimeCode } from '../shared/one-time-code.js';
import { usePageTitle } from '../shared/title.js';
import { codeTexts } from '../texts/zh-CN/codes.js';

/** Black on white in the dark theme too: not every telephone reads it the other way round. */
const Scanned = ({ uri }: { uri: string }) => (
  <QRCode aria-label={codeTexts.enrol.picture} type="svg" value={uri} size={200} color="#000" bgColor="#fff" />
);

export const OneTimeCodeAtDesk = ({ heading }: { heading?: 'h1' | 'h2' }) => (
  <OneTimeCode picture={Scanned} {...(heading && { heading })} />
);

/** Of an account that must enrol before anything else. */
export function CodesDuePage() {
  usePageTitle(codeTexts.title);
  return (
    <main className="sign-in">
      <h1>{codeTexts.title}</h1>
      <p>{codeTexts.due}</p>
      <Enrolment picture={Scanned} onDone={() => void confirmSession()} />
    </main>
  );
}

export function OneTimeCodePage() {
  usePageTitle(codeTexts.title);
  return (
    <div className="narrow">
      <OneTimeCodeAtDesk heading="h1" />
    </div>
  );
}
