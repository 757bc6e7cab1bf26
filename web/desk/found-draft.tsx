/** Says that a form goes on from what was typed before, and when; a click begins anew. */
import type { ReactNode } from 'react';
import { momentInWords } from '../shared/beijing.js';
import { deskTexts } from '../texts/zh-CN/desk.js';

const texts = deskTexts.found;

export interface Kept {
  foundAt: number | undefined;
  clear: () => void;
}

export function FoundDraft({ kept: { foundAt, clear } }: { kept: Kept }): ReactNode {
  if (foundAt === undefined) return null;
  return (
    <p className="notice">
      {texts.kept(momentInWords(foundAt))}{' '}
      <button type="button" className="link-button" onClick={() => clear()}>
        {texts.clear}
      </button>
    </p>
  );
}
