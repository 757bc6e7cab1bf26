/** What has not reached the server yet, and what it refused. */
import { ApiRefusal } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { useObserved } from '../../shared/observed.js';
import { Empty, FaultNotice } from '../../shared/states.js';
import { phoneTexts } from '../../texts/zh-CN/phone.js';
import { useCurrentWork } from '../current.js';
import { PhoneFrame } from '../frame.js';
import { type OutboxRow, outbox, removeRow, sendWaiting } from '../outbox.js';

const texts = phoneTexts.outbox;

export function OutboxPage() {
  const rows = useObserved(outbox);
  return (
    <PhoneFrame title={texts.title} work={useCurrentWork()}>
      <p>{texts.hint}</p>
      {rows.length === 0 && <Empty>{texts.empty}</Empty>}
      {rows.map((row) => (
        <OutboxCard key={row.key} row={row} />
      ))}
      {rows.some(({ refused }) => !refused) && (
        <button type="button" className="button primary wide" onClick={() => void sendWaiting()}>
          {texts.again}
        </button>
      )}
    </PhoneFrame>
  );
}

function OutboxCard({ row: { key, label, madeAt, refused } }: { row: OutboxRow }) {
  return (
    <section className="card">
      <h2>{label}</h2>
      <p className="muted">{texts.madeAt(momentInWords(madeAt))}</p>
      {refused && (
        <>
          <p>{texts.refusedHint}</p>
          <FaultNotice fault={new ApiRefusal(refused.status, refused)} />
          <button type="button" className="button danger wide" onClick={() => void removeRow(key)}>
            {texts.remove}
          </button>
        </>
      )}
    </section>
  );
}
