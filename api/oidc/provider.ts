/** The identity provider of the office: OpenID Connect by authorization code, with PKCE, state and nonce. */
import * as client from 'openid-client';
import { lazily } from '../../lib/lazily.js';
import type { OidcSettings } from '../engine/context.js';

/** What a browser keeps between leaving for the provider and coming back. */
export interface Flow {
  state: string;
  nonce: string;
  verifier: string;
}

export type Claims = Readonly<Record<string, unknown>> & { iss: string; sub: string };

export interface Provider {
  /** Where to send a browser. Throws when the provider is away. */
  begin(redirectUri: string): Promise<{ url: URL; flow: Flow }>;
  /** What the provider says of the person who came back to this address. Throws what openid-client does. */
  finish(cameTo: URL, flow: Flow): Promise<Claims>;
}

const TIMEOUT_SECONDS = 10;
/** By which the clocks may differ. */
const TOLERANCE_SECONDS = 30;

/** What the provider says of itself is asked for when somebody first signs in: a start does not wait for it. */
export function createProvider({ issuer, insecure, clientId, clientSecret, scope }: OidcSettings): Provider {
  const configuration = lazily(() =>
    client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: TOLERANCE_SECONDS },
      clientSecret === undefined ? client.None() : client.ClientSecretBasic(clientSecret),
      { timeout: TIMEOUT_SECONDS, ...(insecure ? { execute: [client.allowInsecureRequests] } : {}) },
    ),
  );
  return {
    async begin(redirectUri) {
      const flow = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { url, flow };
    },
    async finish(cameTo, { state, nonce, verifier }) {
      const known = await configuration();
      const tokens = await client.authorizationCodeGrant(known, cameTo, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims() as Claims;
      // Many providers say more of a person there than in the token, which stands where both speak.
      if (known.serverMetadata().userinfo_endpoint === undefined) return claims;
      return { ...(await client.fetchUserInfo(known, tokens.access_token, claims.sub)), ...claims };
    },
  };
}
