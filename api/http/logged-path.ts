import { ACKNOWLEDGE_PATH } from '../../ledger/people/links.js';

const LINK = new RegExp(`^(/*${ACKNOWLEDGE_PATH}/).+`, 'i');

/** A path without the token of a link: a reader of the log could act by it. */
export const loggedPath = (path: string): string => path.replace(LINK, '$1…');
