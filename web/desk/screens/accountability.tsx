/** What units did late or not at all, with the clause, the unit's reason, and to whom it was referred. */
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Empty, Queried } from '../../shared/states.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { episodeTexts } from '../../texts/zh-CN/episode.js';
import { ExplanationDialog } from '../acts/explanation-dialog.js';
import { ReferralDialog } from '../acts/referral-dialog.js';
import { BreachList, type UnitBreach } from '../breaches.js';
import { EpisodeFrame, useEpisodeId } from '../episode/episode-frame.js';
import { useAccountability } from '../episode-queries.js';
import { ListTable } from '../list-table.js';
import { useIsOffice } from '../role.js';

const texts = episodeTexts.accountability;
const referralTexts = actTexts.referral;

const OFFICE = 'office';
type Accountability = Schemas['Accountability'];
type Account = Pick<Accountability['items'][number], 'unitId' | 'name' | 'late' | 'missed' | 'breaches' | 'referrals'>;

/** What the office begins to do about a unit. */
type Begun = { act: 'refer'; account: Account } | { act: 'explain'; account: Account; breach: UnitBreach };

export function AccountabilityPage(): ReactNode {
  const episodeId = useEpisodeId();
  const query = useAccountability(episodeId);
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title}>
      {(episode) => <Queried query={query}>{(found) => <Breaches found={found} episode={episode} />}</Queried>}
    </EpisodeFrame>
  );
}

function Breaches({ found: { items, office }, episode }: { found: Accountability; episode: Schemas['Episode'] }) {
  const canAct = useIsOffice() && episode.closedAt === undefined;
  const [begun, setBegun] = useState<Begun>();
  const [done, setDone] = useState<string>();
  const rows = items
    .filter(({ late, missed }) => late + missed > 0)
    .sort((one, other) => other.missed - one.missed || other.late - one.late);
  const ofOffice = { unitId: OFFICE, name: texts.office, referrals: [], ...office };
  const all: Account[] = office.late + office.missed > 0 ? [...rows, ofOffice] : rows;
  if (all.length === 0) return <Empty>{texts.none}</Empty>;
  const dialog = {
    episodeId: episode.episodeId,
    drill: episode.drill,
    onClose: () => setBegun(undefined),
    onDone: (what: string, seq: number) => {
      setBegun(undefined);
      setDone(actTexts.done(what, seq));
    },
  };
  return (
    <>
      {done !== undefined && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
        {all.map((account) => (
          <AccountRow
            key={account.unitId}
            account={account}
            begin={canAct && account.unitId !== OFFICE ? setBegun : undefined}
          />
        ))}
      </ListTable>
      {begun?.act === 'refer' && <ReferralDialog {...dialog} unit={begun.account} breaches={begun.account.breaches} />}
      {begun?.act === 'explain' && (
        <ExplanationDialog {...dialog} unitId={begun.account.unitId} breach={begun.breach} />
      )}
    </>
  );
}

interface AccountRowProps {
  account: Account;
  /** Absent for whoever may only read, and of the office itself. */
  begin: ((begun: Begun) => void) | undefined;
}

function AccountRow({ account, begin }: AccountRowProps) {
  const { unitId, name, late, missed, breaches, referrals } = account;
  return (
    <tr>
      <th scope="row">
        {unitId === OFFICE ? (
          name
        ) : (
          <Link to="/audit/units/$unitId" params={{ unitId }}>
            {name}
          </Link>
        )}
      </th>
      <td className="number">{late}</td>
      <td className={missed > 0 ? 'number bad-words' : 'number'}>{missed}</td>
      <td>
        <BreachList
          breaches={breaches}
          name={name}
          explain={begin && ((breach) => begin({ act: 'explain', account, breach }))}
        />
      </td>
      <td>
        {referrals.map(({ seq, to, at, reason }) => (
          <div key={seq}>{texts.referred(texts.to[to] ?? to, momentInWords(at), reason)}</div>
        ))}
        {begin && (
          <button
            type="button"
            className="link-button not-printed"
            aria-label={referralTexts.openFor(name)}
            onClick={() => begin({ act: 'refer', account })}
          >
            {referralTexts.open}
          </button>
        )}
      </td>
    </tr>
  );
}
