/** The templates of one event at one level, as typed, and the message that they make. */
import { type FormEvent, type ReactNode, useState } from 'react';
import { answered, api, type Schemas, under } from '../../shared/api.js';
import { ProseField, TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { FaultNotice } from '../../shared/states.js';
import { wordingTexts as texts } from '../../texts/zh-CN/wording.js';
import { useKeptDraft } from '../kept-draft.js';

type Item = Schemas['Messages']['items'][number];
type AtLevel = Item['levels'][number];
type Shown = Pick<AtLevel, 'subject' | 'text' | 'short'>;

export function Trial({ event, atLevel }: { event: Item['event']; atLevel: AtLevel }): ReactNode {
  const { level, template } = atLevel;
  const { draft, set, clear } = useKeptDraft(`wording/${event}/${level}`, template);
  const [tried, setTried] = useState<Shown>();
  const keyOf = useKeyOf();
  const trying = useSubmission(async () => {
    const { details, ...words } = draft;
    const body = { event, level, ...words, ...(details === '' ? {} : { details }) };
    const header = under(keyOf(body));
    setTried(await answered(api.POST('/api/v1/plan/messages/preview', { params: { header }, body })));
  });
  const isChanged = JSON.stringify(draft) !== JSON.stringify(template);
  const field = (name: keyof typeof template) => ({
    label: texts.fields[name],
    wrong: trying.fields[name],
    value: draft[name],
    onChange: ({ target }: { target: { value: string } }) => set({ [name]: target.value }),
  });
  return (
    <div className="two-columns">
      <form
        className="panel"
        onSubmit={(submitted: FormEvent) => {
          submitted.preventDefault();
          void trying.run();
        }}
      >
        <TextField {...field('subject')} required />
        <ProseField {...field('text')} rows={8} required />
        <ProseField {...field('details')} rows={5} />
        <ProseField {...field('short')} rows={4} required />
        {isChanged && <p className="notice warn">{texts.changed}</p>}
        <FaultNotice fault={trying.fault} />
        <div className="actions">
          <button type="submit" className="button primary" disabled={trying.busy}>
            {texts.preview}
          </button>
          <button
            type="button"
            className="button"
            disabled={!isChanged}
            onClick={() => {
              clear();
              setTried(undefined);
            }}
          >
            {texts.reset}
          </button>
        </div>
      </form>
      <AsReceived shown={tried ?? atLevel} page={`/api/v1/plan/messages/${event}/html?level=${level}`} />
    </div>
  );
}

function AsReceived({ shown: { subject, text, short }, page }: { shown: Shown; page: string }) {
  const characters = [...short].length;
  return (
    <section className="panel" aria-live="polite">
      <h2>{texts.shown.title}</h2>
      <p className="small muted">{texts.shown.sample}</p>
      <h3>{texts.shown.subject}</h3>
      <p>{subject}</p>
      <h3>{texts.shown.text}</h3>
      <p className="prose">{text}</p>
      <h3>{texts.shown.short}</h3>
      <p className="prose">{short}</p>
      <p className="muted">{texts.length(characters, partsOf(characters))}</p>
      <p>
        <a href={page} target="_blank" rel="noreferrer">
          {texts.page}
        </a>
      </p>
    </section>
  );
}

const ALONE = 70;
const IN_A_PART = 67;

const partsOf = (characters: number): number => (characters <= ALONE ? 1 : Math.ceil(characters / IN_A_PART));
