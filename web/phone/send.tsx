/** The form of the phone: it says what became of what was sent. */
import type { ReactNode } from 'react';
import { ApiRefusal } from '../shared/api.js';
import { timeWithSeconds } from '../shared/beijing.js';
import { useObserved } from '../shared/observed.js';
import { FaultNotice } from '../shared/states.js';
import { phoneTexts } from '../texts/zh-CN/phone.js';
import { type OutboxFile, type OutboxRow, outbox, putInOutbox, removeRow } from './outbox.js';

/** The row of this address that is on its way, or was refused; made of this draft, where several forms send there. */
export const useOutboxRow = (path: string, draft?: string): OutboxRow | undefined =>
  useObserved(outbox)
    .filter((row) => row.path === path && (draft === undefined || row.drafts.includes(draft)))
    .slice(-1)[0];

/** The server's words beside the fields of what was refused. */
export const wrongFields = (row: OutboxRow | undefined): Record<string, string> =>
  row?.refused ? new ApiRefusal(row.refused.status, row.refused).fields : {};

export interface SendFormProps {
  path: string;
  method?: 'POST' | 'PUT';
  label: string;
  submit: string;
  /** Made when the button is tapped. */
  body: () => Record<string, unknown>;
  files?: readonly OutboxFile[];
  /** Names of the drafts that go when it has arrived. */
  drafts: string[];
  savedAt: number | undefined;
  children: ReactNode;
}

export function SendForm({
  path,
  method = 'POST',
  label,
  submit,
  body,
  files = [],
  drafts,
  savedAt,
  children,
}: SendFormProps) {
  const row = useOutboxRow(path, drafts[0]);
  const isUnderWay = row !== undefined && !row.refused;
  async function send() {
    if (row?.refused) await removeRow(row.key);
    await putInOutbox({ method, path, label, body: body(), files: [...files], drafts });
  }
  return (
    <form
      className="send-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {children}
      {row?.refused && <FaultNotice fault={new ApiRefusal(row.refused.status, row.refused)} />}
      {savedAt !== undefined && !isUnderWay && (
        <p className="muted number">{phoneTexts.draft.saved(timeWithSeconds(savedAt))}</p>
      )}
      {isUnderWay && (
        <p className="notice" role="status">
          {phoneTexts.draft.sending}
        </p>
      )}
      <button type="submit" className="button primary wide" disabled={isUnderWay}>
        {submit}
      </button>
    </form>
  );
}
