/** The people of each unit and body: those whom no message reaches first. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { Chip } from '../../shared/chips.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { peopleTexts as texts } from '../../texts/zh-CN/people.js';
import { useUnits } from '../administration/account-fields.js';
import { ContactForm, readContacts } from '../administration/contact-form.js';
import { useReadiness } from '../readiness-query.js';
import '../administration/administration.css';

const route = getRouteApi('/admin/contacts');
const TONES = { unreachable: 'bad', waiting: 'warn', fine: 'good' } as const;

type HolderState = keyof typeof TONES;
const ORDER: readonly HolderState[] = ['unreachable', 'waiting', 'fine'];

export function ContactsPage(): ReactNode {
  usePageTitle(texts.title);
  const { holder } = route.useSearch();
  const units = useUnits();
  const readiness = useReadiness();
  return (
    <>
      <header className="page-head">
        <h1>{texts.title}</h1>
        <span className="fill" />
        <Link to="/admin/import" className="button">
          {texts.import}
        </Link>
      </header>
      <p className="muted page-hint">{texts.hint}</p>
      <Queried query={units}>
        {({ items: all }) => (
          <Queried query={readiness}>
            {({ items }) => {
              const wanting = new Map(items.map(({ unitId, reachable }) => [unitId, reachable]));
              const rows = [...Object.entries(texts.bodies), ...all.map(({ unitId, name }) => [unitId, name] as const)];
              const holders = rows.map(([unitId, name]) => ({ unitId, name, state: stateOf(wanting.get(unitId)) }));
              const known = holders.find(({ unitId }) => unitId === holder);
              return (
                <div className="holders">
                  <HolderList holders={holders} open={holder} />
                  {known ? <People key={known.unitId} {...known} /> : <Empty>{texts.choose}</Empty>}
                </div>
              );
            }}
          </Queried>
        )}
      </Queried>
    </>
  );
}

/** Of a holder with a gap: whether anybody of it can be reached. */
const stateOf = (reachable: boolean | undefined): HolderState =>
  reachable === undefined ? 'fine' : reachable ? 'waiting' : 'unreachable';

interface Holder {
  unitId: string;
  name: string;
  state: HolderState;
}

function HolderList({ holders, open }: { holders: readonly Holder[]; open: string | undefined }) {
  // As it was when the page was opened: nothing moves under the pointer when a list has been saved.
  const [order] = useState(() =>
    ORDER.flatMap((state) => holders.filter((one) => one.state === state)).map(({ unitId }) => unitId),
  );
  const sorted = order.flatMap((unitId) => holders.filter((one) => one.unitId === unitId));
  return (
    <nav className="holder-list" aria-label={texts.holders}>
      {sorted.map(({ unitId, name, state }) => (
        <Link
          key={unitId}
          from="/admin/contacts"
          search={{ holder: unitId }}
          activeProps={{}}
          aria-current={unitId === open ? 'true' : undefined}
        >
          {name}
          <Chip tone={TONES[state]}>{texts.states[state]}</Chip>
        </Link>
      ))}
    </nav>
  );
}

function People({ unitId, name }: Holder) {
  const queryKey = ['contacts', unitId, 'to edit'];
  const query = useQuery({ queryKey, queryFn: () => readContacts(unitId) });
  const client = useQueryClient();
  const [saved, setSaved] = useState<{ round: number; warnings: string[] }>();
  return (
    <section className="panel" aria-labelledby="people">
      <h2 id="people">{name}</h2>
      {saved && (
        <div className={saved.warnings.length > 0 ? 'notice warn' : 'notice good'} role="status">
          {texts.saved}
          {saved.warnings.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      <Queried query={query}>
        {(read) => (
          <ContactForm
            // What has been saved is a new beginning.
            key={saved?.round}
            unitId={unitId}
            read={read}
            onSaved={(answer) => {
              client.setQueryData(queryKey, answer);
              setSaved({ round: (saved?.round ?? 0) + 1, warnings: answer.content.warnings ?? [] });
              for (const stale of [['contacts'], ['readiness']]) void client.invalidateQueries({ queryKey: stale });
            }}
          />
        )}
      </Queried>
    </section>
  );
}
