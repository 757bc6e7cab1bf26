/** A real message to oneself: it says at once what became of it. */
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { answered, api, newKey, type Schemas, under } from '../../shared/api.js';
import { Chip } from '../../shared/chips.js';
import { SelectField, TextField, useSubmission } from '../../shared/forms.js';
import { administrationTexts } from '../../texts/zh-CN/administration.js';
import { DialogForm } from '../dialog-form.js';
import { useKeptDraft } from '../kept-draft.js';

const texts = administrationTexts.channels;
const EMPTY = { contactId: '', address: '' };
const TONES = { taken: 'good', deferred: 'warn', failed: 'bad' } as const;

export interface ChannelTestDialogProps {
  channel: Pick<Schemas['ChannelList']['items'][number], 'channel' | 'name'>;
  title: string;
  onClose: () => void;
}

export function ChannelTestDialog({ channel: { channel, name }, title, onClose }: ChannelTestDialogProps): ReactNode {
  const contacts = useOfficeContacts(channel);
  const kept = useKeptDraft(`channel-test/${channel}`, EMPTY);
  const { contactId, address } = kept.draft;
  const [result, setResult] = useState<Schemas['ChannelTest']>();
  const submission = useSubmission(async () => {
    setResult(undefined);
    const body = contactId === '' ? { address: name ?? address } : { contactId };
    // Each is a message of its own: a second test is no repeat of the first.
    const params = { path: { channel }, header: under(newKey()) };
    setResult(await answered(api.POST('/api/v1/channels/{channel}/tests', { params, body })));
    // It stays in the form: who tests a channel tries again.
    kept.clear(kept.draft);
  });
  return (
    <DialogForm
      title={title}
      submission={submission}
      submit={result ? texts.again : texts.send}
      kept={kept}
      onClose={onClose}
    >
      <p>{texts.testWhat}</p>
      {name !== undefined && <p>{texts.testRobot(name)}</p>}
      {name === undefined && contacts.length > 0 && (
        <SelectField
          label={texts.to}
          choices={[...contacts, { value: '', label: texts.toAddress }]}
          wrong={submission.fields.contactId}
          value={contactId}
          onChoice={(one) => kept.set({ contactId: one })}
        />
      )}
      {name === undefined && contactId === '' && (
        <TextField
          label={texts.address[channel] ?? texts.to}
          required
          wrong={submission.fields.address}
          value={address}
          onChange={({ target }) => kept.set({ address: target.value })}
        />
      )}
      {result && (
        <div className={result.outcome === 'taken' ? 'notice good' : 'notice warn'} role="status">
          <Chip tone={TONES[result.outcome]}>{texts.outcomes[result.outcome]}</Chip> {result.detail}
          {result.reason && <p className="small">{result.reason}</p>}
          {result.next && <p>{result.next}</p>}
        </div>
      )}
    </DialogForm>
  );
}

/** The office's people that have an address for this channel. */
function useOfficeContacts(channel: string): Array<{ value: string; label: string }> {
  const { data } = useQuery({
    queryKey: ['contacts', 'office'],
    queryFn: () => answered(api.GET('/api/v1/units/{unitId}/contacts', { params: { path: { unitId: 'office' } } })),
  });
  const has = ({ email, sms, phone }: Schemas['KnownContact']) =>
    ({ email, sms, call: phone ?? sms })[channel as 'email' | 'sms' | 'call'];
  return (data?.contacts ?? [])
    .filter((contact) => has(contact) !== undefined)
    .map((contact) => ({ value: contact.contactId, label: `${contact.name}（${has(contact)}）` }));
}
