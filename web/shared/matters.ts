/** Names of what is followed up after an episode. */
import { revisionTexts } from '../texts/zh-CN/revisions.js';
import type { Schemas } from './api.js';

type What = Schemas['Revision']['what'];

const { whats, leftOpen } = revisionTexts;

export const isLeftOpen = (what: What): what is keyof typeof leftOpen => what in leftOpen;

export const nameOfMatter = (what: What): string => (isLeftOpen(what) ? leftOpen[what] : `${whats[what]}的修订`);
