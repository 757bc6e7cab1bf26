import { PUBLIC_PATH } from '../../documents/public/addresses.js';
import { ACKNOWLEDGE_PATH } from '../../ledger/people/links.js';
import { CHANNELS } from '../../plan/types.js';

/** Where gateways send receipts: the channel follows, and the secret. */
export const RECEIPTS_PATH = '/receipts';

const SHOWN = new Set([
  '',
  'api',
  'v1',
  ...['sign-in', 'oidc', 'callback'],
  ...[RECEIPTS_PATH, ACKNOWLEDGE_PATH].map((path) => path.slice(1)),
  ...CHANNELS,
]);

/**
 * A path for the log, by whose readers no secret may be read: with the token of a link or the secret of a gateway they could
 * act. An address of the contract has none. Of any other, which may be one that was misspelled, only known words are shown.
 * Example: `/receipts/SECRET`, without its channel, is `/receipts/…`.
 */
export const loggedPath = (path: string, route: string | undefined): string =>
  route?.startsWith('/api/') || route?.startsWith(PUBLIC_PATH)
    ? path
    : path
        .split('/')
        .map((part) => (SHOWN.has(part) ? part : '…'))
        .join('/');

/** The route that a request was matched with; none for an unknown address. */
export const routeOf = ({ route }: { route?: unknown }): string | undefined =>
  (route as { path?: string } | undefined)?.path;
