/** Where an account is signed in, and how one of them is ended. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { useSubmission } from '../../shared/forms.js';
import { FaultNotice, Queried } from '../../shared/states.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { ListTable } from '../list-table.js';

const texts = administrationTexts.sessions;

interface Session {
  sessionId: string;
  /** The one of this browser. It is ended by signing out. */
  current?: boolean;
  since: string;
  lastUsedAt: string;
  address: string;
  device: string;
}

export interface SessionTableProps {
  /** The account's key, below which these are kept. */
  queryKey: readonly string[];
  hint: string;
  read: () => Promise<{ items: readonly Session[] }>;
  end: (sessionId: string) => Promise<unknown>;
}

export function SessionTable({ queryKey, hint, read, end }: SessionTableProps): ReactNode {
  const client = useQueryClient();
  const query = useQuery({ queryKey: [...queryKey, 'sessions'], queryFn: read });
  const [isEnded, setEnded] = useState(false);
  const endOne = async (sessionId: string) => {
    await end(sessionId);
    setEnded(true);
    await client.invalidateQueries({ queryKey });
  };
  return (
    <section className="panel" aria-labelledby="sessions">
      <h2 id="sessions">{texts.title}</h2>
      <p className="muted">{hint}</p>
      {isEnded && (
        <p className="notice good" role="status">
          {texts.ended}
        </p>
      )}
      <Queried query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p>{texts.none}</p>
          ) : (
            <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
              {items.map((session) => (
                <SessionRow key={session.sessionId} session={session} end={endOne} />
              ))}
            </ListTable>
          )
        }
      </Queried>
    </section>
  );
}

function SessionRow({ session, end }: { session: Session; end: (sessionId: string) => Promise<void> }) {
  const { sessionId, current = false, since, lastUsedAt, address, device } = session;
  const ending = useSubmission(() => end(sessionId));
  return (
    <tr>
      <th scope="row">{device}</th>
      <td className="number">{address}</td>
      <td>
        <Timestamp at={since} />
      </td>
      <td>
        <Timestamp at={lastUsedAt} />
      </td>
      <td>
        {current ? (
          <Chip tone="good">{texts.current}</Chip>
        ) : (
          <button
            type="button"
            className="button"
            aria-label={texts.endOf(device, momentInWords(since))}
            disabled={ending.busy}
            onClick={() => void ending.run()}
          >
            {texts.end}
          </button>
        )}
        <FaultNotice fault={ending.fault} />
      </td>
    </tr>
  );
}
