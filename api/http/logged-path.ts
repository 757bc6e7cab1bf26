import { ACKNOWLEDGE_PATH } from '../../ledger/people/links.js';

const LINK = new RegExp(`^(/*${ACKNOWLEDGE_PATH}/).+`, 'i');

/** A path as logs may have it: whoever reads a link's token could act by it. */
export const loggedPath = (path: string): string => path.replace(LINK, '$1…');
