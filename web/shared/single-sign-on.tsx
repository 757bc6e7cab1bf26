/** The way to the identity provider, where one is configured. */
import { useEffect, useState } from 'react';
import { commonTexts } from '../texts/zh-CN/common.js';
import { answered, api } from './api.js';

export function SingleSignOn() {
  const [label, setLabel] = useState<string>();
  useEffect(() => {
    // Without an answer there is the password.
    void answered(api.GET('/api/v1/sign-in-ways')).then(
      ({ oidc }) => setLabel(oidc?.label),
      () => undefined,
    );
  }, []);
  if (label === undefined) return null;
  return (
    <a className="button" href="/sign-in/oidc">
      {commonTexts.signIn.byProvider(label)}
    </a>
  );
}
