/** What was sent to a unit, through what, with what outcome; each can be sent again. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip, type Tone } from '../../shared/chips.js';
import { useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { Queried } from '../../shared/states.js';
import { dutyTexts } from '../../texts/zh-CN/duty.js';
import { dutyActTexts } from '../../texts/zh-CN/duty-acts.js';
import { DialogForm } from '../dialog-form.js';
import { ChoiceField, choicesOf } from '../fields.js';
import { ofEpisode } from '../queries.js';

const texts = dutyActTexts.messages;
const MOST = 10;

type Message = Schemas['Message'];

const TONES: Record<Message['state'], Tone> = { waiting: 'warn', reached: 'good', failed: 'bad', withdrawn: 'plain' };

export interface UnitMessagesProps {
  episodeId: string;
  unitId: string;
  drill: boolean;
  now: number;
  onDone: (words: string) => void;
}

export function UnitMessages({ episodeId, unitId, drill, now, onDone }: UnitMessagesProps): ReactNode {
  const [again, setAgain] = useState<Message>();
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'messages', unitId),
    queryFn: () =>
      answered(
        api.GET('/api/v1/episodes/{episodeId}/messages', {
          params: { path: { episodeId }, query: { unitId, limit: MOST } },
        }),
      ),
  });
  return (
    <section aria-labelledby="drawer-messages">
      <h3 id="drawer-messages">{dutyTexts.drawer.messages}</h3>
      <Queried query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{texts.none}</p>
          ) : (
            <ul className="lines">
              {items.map((message) => (
                <MessageLine key={message.messageId} message={message} now={now} again={() => setAgain(message)} />
              ))}
            </ul>
          )
        }
      </Queried>
      {again && (
        <ResendDialog
          episodeId={episodeId}
          drill={drill}
          message={again}
          onClose={() => setAgain(undefined)}
          onDone={(seq) => {
            setAgain(undefined);
            onDone(texts.done(seq));
          }}
        />
      )}
    </section>
  );
}

export interface MessageLineProps {
  message: Message;
  /** Whom it is for, where that is not said already. */
  to?: string;
  now: number;
  again: () => void;
}

export function MessageLine({ message, to, now, again }: MessageLineProps) {
  const { about, state, detail, next, deliveries } = message;
  return (
    <li>
      <Chip tone={TONES[state]}>{texts.states[state]}</Chip> {to && <strong>{to}</strong>}{' '}
      {momentInWords(about.at, now)} {texts.about(texts.kinds[about.kind] ?? texts.otherKind, about.seq)}{' '}
      <button type="button" className="link-button" aria-label={texts.resendOf(about.seq)} onClick={again}>
        {texts.resend}
      </button>
      <div className={state === 'failed' ? 'bad-words' : undefined}>{detail}</div>
      {next && <div className="next">{texts.next(next)}</div>}
      {deliveries.map((one) => (
        <div key={`${one.contactId} ${one.channel} ${one.seq}`} className="small muted">
          {one.name} {momentInWords(one.at, now)} {one.detail}
        </div>
      ))}
    </li>
  );
}

export interface ResendDialogProps {
  episodeId: string;
  drill: boolean;
  message: Message;
  onClose: () => void;
  onDone: (seq: number) => void;
}

const CHANNELS = ['sms', 'call', 'email'] as const;

export function ResendDialog({ episodeId, drill, message, onClose, onDone }: ResendDialogProps) {
  const [channel, setChannel] = useState<(typeof CHANNELS)[number] | ''>('');
  const keyOf = useKeyOf();
  const { messageId, about } = message;
  const submission = useSubmission(async () => {
    const body = channel === '' ? {} : { channel };
    const { entry } = await answered(
      api.POST('/api/v1/episodes/{episodeId}/messages/{messageId}/deliveries', {
        params: { path: { episodeId, messageId }, header: under(keyOf({ messageId, ...body })) },
        body,
      }),
    );
    tellNews(episodeId);
    onDone(entry.seq);
  });
  const words = Object.fromEntries(CHANNELS.map((one) => [one, dutyTexts.channels[one] ?? one]));
  return (
    <DialogForm
      title={texts.resendOf(about.seq)}
      drill={drill}
      submission={submission}
      submit={texts.resend}
      onClose={onClose}
    >
      <p>{texts.resendWhat}</p>
      <ChoiceField
        label={texts.channel}
        wrong={submission.fields.channel}
        choices={[{ value: '', label: texts.usual }, ...choicesOf(words)]}
        value={channel}
        onChoice={(one) => setChannel(one as typeof channel)}
      />
    </DialogForm>
  );
}
