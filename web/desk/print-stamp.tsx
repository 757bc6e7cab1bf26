/** On paper alone: when and by whom a page was printed, and on every sheet that it is of a drill. */
import type { ReactNode } from 'react';
import { openSession } from '../shared/account.js';
import { momentInWords } from '../shared/beijing.js';
import { useNow } from '../shared/clock.js';
import { useObserved } from '../shared/observed.js';
import { commonTexts } from '../texts/zh-CN/common.js';
import { deskTexts } from '../texts/zh-CN/desk.js';

export function PrintStamp({ drill }: { drill: boolean }): ReactNode {
  const now = useNow();
  const session = useObserved(openSession);
  const who = session.kind === 'none' ? '' : deskTexts.roles[session.account.role];
  return (
    <>
      <p className="print-stamp">{deskTexts.printed(momentInWords(now), who)}</p>
      {drill && (
        <p className="print-drill" aria-hidden="true">
          {commonTexts.drillMark}
        </p>
      )}
    </>
  );
}
