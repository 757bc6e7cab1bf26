/**
 * Commands on their way. Each has its key from the moment it was tapped, so that whatever is sent again is carried out once.
 * It stays here, through reloads, lost lines and ended sessions, until the server has answered.
 */

import { openSession, ownAccountId, sessionEnded } from '../shared/account.js';
import { ApiRefusal, isProblem, LineLost, mayRepeat, newKey, type Schemas } from '../shared/api.js';
import { tellNews } from '../shared/news.js';
import { observed } from '../shared/observed.js';
import { dropDraft } from './drafts.js';
import { dropKept, keep, recallAll } from './kept.js';

export interface OutboxFile {
  /** From the moment it was chosen: the same file may be there twice. Its upload goes under it. */
  key: string;
  name: string;
  type: string;
  bytes: ArrayBuffer;
  attachmentId?: string;
}

export interface OutboxRow {
  key: string;
  accountId: string;
  method: 'POST' | 'PUT';
  path: string;
  body: Record<string, unknown>;
  /** Uploaded first; their ids join `attachmentIds` of the body. */
  files: OutboxFile[];
  /** Words for the person: what this is. */
  label: string;
  madeAt: number;
  /** Drafts that it was made of. They go when it has arrived, and stay when it is refused. */
  drafts: string[];
  /** The server has refused it: its words. It is not sent again. */
  refused?: Schemas['Problem'];
}

/** What arrived since the page was opened, the newest first. */
export interface Receipt {
  key: string;
  label: string;
  seq?: number;
  episodeTime?: string;
}

export const outbox = observed<readonly OutboxRow[]>([]);
export const receipts = observed<readonly Receipt[]>([]);

const PREFIX = 'outbox/';
const AGAIN = 15_000;

const replace = (row: OutboxRow): Promise<void> => {
  outbox.set(outbox.get().map((one) => (one.key === row.key ? row : one)));
  return keep(PREFIX + row.key, row);
};

export async function removeRow(key: string): Promise<void> {
  outbox.set(outbox.get().filter((row) => row.key !== key));
  await dropKept(PREFIX + key);
}

/** Takes a command, keeps it, and sends it as soon as that is possible. */
export async function putInOutbox(
  command: Pick<OutboxRow, 'method' | 'path' | 'body' | 'label'> & { files?: OutboxFile[]; drafts?: string[] },
): Promise<void> {
  const row: OutboxRow = {
    files: [],
    drafts: [],
    ...command,
    key: newKey(),
    accountId: ownAccountId(),
    madeAt: Date.now(),
  };
  await keep(PREFIX + row.key, row);
  outbox.set([...outbox.get(), row]);
  void sendWaiting();
}

let sending: Promise<void> | undefined;

/** Sends what waits, in the order of the taps. Whatever cannot be sent now stays. */
export function sendWaiting(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

async function sendAll(): Promise<void> {
  for (;;) {
    const row = outbox.get().find(({ refused, accountId: of }) => !refused && of === ownAccountId());
    if (!row || openSession.get().kind === 'ended') return;
    try {
      await arrived(row, await sendRow(row));
    } catch (error) {
      if (!(error instanceof ApiRefusal) || mayRepeat(error) || error.status === 401) return;
      await replace({ ...row, refused: error.problem });
    }
  }
}

async function arrived({ key, label, drafts }: OutboxRow, answer: Answered): Promise<void> {
  await removeRow(key);
  for (const draft of drafts) await dropDraft(draft);
  const { seq, episodeTime } = answer.entry ?? {};
  receipts.set([
    { key, label, ...(seq === undefined ? {} : { seq }), ...(episodeTime === undefined ? {} : { episodeTime }) },
    ...receipts.get(),
  ]);
  tellNews();
}

interface Answered {
  entry?: Partial<Schemas['MadeEntry']>;
}

async function sendRow(row: OutboxRow): Promise<Answered> {
  const files: OutboxFile[] = [];
  for (const [index, file] of row.files.entries()) {
    files.push(file.attachmentId === undefined ? await upload(file) : file);
    await replace({ ...row, files: [...files, ...row.files.slice(index + 1)] });
  }
  const before = Array.isArray(row.body.attachmentIds) ? (row.body.attachmentIds as unknown[]) : [];
  const attachmentIds = [...before, ...files.map(({ attachmentId }) => attachmentId)];
  const body = files.length === 0 ? row.body : { ...row.body, attachmentIds };
  return send(row.method, row.path, row.key, JSON.stringify(body), { 'Content-Type': 'application/json' });
}

/** The same bytes are one attachment, so sending them twice does no harm. */
async function upload(file: OutboxFile): Promise<OutboxFile> {
  const form = new FormData();
  form.append('file', new Blob([file.bytes], { type: file.type }), file.name);
  const { attachmentId } = await send<Schemas['Attachment']>('POST', '/api/v1/attachments', file.key, form, {});
  return { ...file, attachmentId };
}

/** The path is made by the page that knows the contract's types; here it is an address like any other. */
async function send<T = Answered>(
  method: string,
  path: string,
  key: string,
  body: BodyInit,
  headers: Record<string, string>,
): Promise<T> {
  const request = { method, body, headers: { ...headers, Accept: 'application/json', 'Idempotency-Key': key } };
  const response = await fetch(path, { ...request, credentials: 'same-origin' }).catch((reason: unknown) => {
    throw new LineLost(String(reason));
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as T;
  if (response.status === 401) sessionEnded();
  throw isProblem(answer) ? new ApiRefusal(response.status, answer) : new LineLost(`HTTP ${response.status}`);
}

/** Reads what was kept, and sends on whatever may mean that a line is back. The browser's own word for it is not trusted. */
export async function openOutbox(): Promise<void> {
  const rows = await recallAll<OutboxRow>(PREFIX);
  outbox.set(rows.filter((row) => row.accountId === ownAccountId()).sort((one, other) => one.madeAt - other.madeAt));
  setInterval(() => void sendWaiting(), AGAIN);
  window.addEventListener('online', () => void sendWaiting());
  document.addEventListener('visibilitychange', () => void sendWaiting());
  openSession.follow(() => void sendWaiting());
  void sendWaiting();
}
