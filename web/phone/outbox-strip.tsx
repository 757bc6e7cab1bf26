/** What waits, what was refused and what arrived, on every page until the person has seen it. */
import { Link } from 'wouter';
import { useObserved } from '../shared/observed.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';
import { outbox, receipts } from './outbox.js';

const texts = phoneTexts.outbox;

export function OutboxStrip() {
  const rows = useObserved(outbox);
  const arrived = useObserved(receipts);
  const refused = rows.filter((row) => row.refused).length;
  const waiting = rows.length - refused;
  return (
    <div role="status" className="outbox-strip">
      {refused > 0 && (
        <Link href="/u/outbox" className="notice bad">
          {texts.refused(refused)}
        </Link>
      )}
      {waiting > 0 && (
        <Link href="/u/outbox" className="notice warn">
          {texts.waiting(waiting)}
        </Link>
      )}
      {arrived.length > 0 && (
        <div className="notice good arrived">
          <ul>
            {arrived.map(({ key, label, seq }) => (
              <li key={key}>{texts.arrived(label, seq === undefined ? '' : texts.entry(seq))}</li>
            ))}
          </ul>
          <button type="button" className="button" onClick={() => receipts.set([])}>
            {texts.seen}
          </button>
        </div>
      )}
    </div>
  );
}
