/** One-time codes on the telephone that has the authenticator: the secret is a link, and no picture. */
import { OneTimeCode } from '../../shared/one-time-code.js';
import { usePageTitle } from '../../shared/title.js';
import { codeTexts } from '../../texts/zh-CN/codes.js';
import { commonTexts } from '../../texts/zh-CN/common.js';

export function UnitCodesPage() {
  usePageTitle(codeTexts.title);
  return (
    <main className="sign-in">
      <OneTimeCode heading="h1" />
      <p>
        <a href="/">{commonTexts.states.home}</a>
      </p>
    </main>
  );
}
