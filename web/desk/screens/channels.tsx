/** The ways out: how each is, when it last got through, and a test to oneself. */
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Timestamp } from '../../shared/clock.js';
import { Empty, Queried } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { channelInWords, type KnownChannel, notConfigured, useChannels } from '../administration/channel-list.js';
import { ChannelTestDialog } from '../administration/channel-test.js';
import { ListTable } from '../list-table.js';
import '../administration/administration.css';

const texts = administrationTexts.channels;
const TONES = { well: 'good', ill: 'bad', unused: 'warn' } as const;

export function ChannelsPage(): ReactNode {
  usePageTitle(texts.title);
  const query = useChannels();
  const client = useQueryClient();
  const [tested, setTested] = useState<KnownChannel>();
  return (
    <>
      <h1>{texts.title}</h1>
      <p className="muted page-hint">{texts.hint}</p>
      <Queried query={query}>
        {({ items }) => (
          <>
            {items.length === 0 ? <Empty /> : <ChannelTable channels={items} test={setTested} />}
            <NotConfigured channels={items} />
          </>
        )}
      </Queried>
      {tested && (
        <ChannelTestDialog
          channel={tested}
          title={texts.testOf(channelInWords(tested))}
          onClose={() => {
            setTested(undefined);
            void client.invalidateQueries({ queryKey: ['channels'] });
          }}
        />
      )}
    </>
  );
}

interface ChannelTableProps {
  channels: readonly KnownChannel[];
  test: (channel: KnownChannel) => void;
}

const ChannelTable = ({ channels, test }: ChannelTableProps) => (
  <ListTable caption={texts.caption} heads={Object.values(texts.columns)}>
    {channels.map((one) => {
      const { state, detail, since, nextTryAt, lastSuccessAt, limits } = one;
      const name = channelInWords(one);
      return (
        <tr key={name}>
          <th scope="row">{name}</th>
          <td>
            <Chip tone={TONES[state]}>{texts.states[state]}</Chip>
            {state === 'ill' && (
              <div>
                {detail} {since && texts.since(momentInWords(since))}{' '}
                {nextTryAt && texts.nextTry(momentInWords(nextTryAt))}
              </div>
            )}
          </td>
          <td>{lastSuccessAt ? <Timestamp at={lastSuccessAt} /> : <span className="muted">{texts.never}</span>}</td>
          <td>
            {limits.map((limit) => (
              <div key={limit}>{limit}</div>
            ))}
          </td>
          <td>
            <button type="button" className="button" aria-label={texts.testOf(name)} onClick={() => test(one)}>
              {texts.test}
            </button>
          </td>
        </tr>
      );
    })}
  </ListTable>
);

function NotConfigured({ channels }: { channels: readonly KnownChannel[] }) {
  const missing = notConfigured(channels);
  if (missing.length === 0) return null;
  const names = missing.map((channel) => dutyTexts.channels[channel]).join('、');
  return (
    <p className="notice warn">
      {texts.notConfigured(names)}
      {!missing.includes('email') && texts.notConfiguredHint}
    </p>
  );
}
