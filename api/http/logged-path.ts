import { ACKNOWLEDGE_PATH } from '../../ledger/people/links.js';

/** Where gateways send receipts: the channel follows, and the secret. */
export const RECEIPTS_PATH = '/receipts';

const LINK = new RegExp(`^(/*${ACKNOWLEDGE_PATH}/).+`, 'i');
const RECEIPTS = new RegExp(`^(/*${RECEIPTS_PATH}/[^/]*/).+`, 'i');

/** A path without the token of a link or the secret of a gateway: a reader of the log could act by it. */
export const loggedPath = (path: string): string => path.replace(LINK, '$1…').replace(RECEIPTS, '$1…');
