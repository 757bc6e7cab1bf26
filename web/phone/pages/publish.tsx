/** The unit that publishes: what is to be put out, and where it appeared (§3.1.4). */
import { useId } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { fromWallTime, momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { FieldFrame, TextField } from '../../shared/forms.js';
import { Empty } from '../../shared/states.js';
import { publicWordsTexts as words } from '../../texts/zh-CN/public-words.js';
import { useDraft } from '../drafts.js';
import { Unread, type Work, WorkPage } from '../frame.js';
import type { OutboxFile } from '../outbox.js';
import { Photos } from '../photos.js';
import { usePhoneRead } from '../reads.js';
import { SendForm, useOutboxRow, wrongFields } from '../send.js';

type PublicWords = Schemas['PublicWords'];
type PublicText = PublicWords['texts'][number];

export const PublishPage = () => (
  <WorkPage title={words.phone.title}>{(work) => <WhatToPublish work={work} />}</WorkPage>
);

function WhatToPublish({ work }: { work: Work }) {
  const { episodeId } = work.episode;
  const reading = usePhoneRead(`public-words/${episodeId}`, () =>
    answered(api.GET('/api/v1/episodes/{episodeId}/public-words', { params: { path: { episodeId } } })),
  );
  if (!reading.data) return <Unread reading={reading} />;
  const { media, texts } = reading.data;
  const standing = texts.filter(({ correctedBy }) => correctedBy === undefined);
  if (standing.length === 0) return <Empty>{words.phone.none}</Empty>;
  return standing.map((text) => <TextCard key={text.textId} text={text} media={media} work={work} />);
}

function TextCard({ text, media, work }: { text: PublicText; media: readonly string[]; work: Work }) {
  const { title, issuedAt, appearances, missing } = text;
  return (
    <section className="card">
      <h2>{title}</h2>
      <p className="muted number">{words.issued(momentInWords(issuedAt))}</p>
      <p>
        {missing.length > 0 ? (
          <Chip tone="warn">{words.missing(missing.join('、'))}</Chip>
        ) : (
          <Chip tone="good">{words.everywhere}</Chip>
        )}
      </p>
      <details>
        <summary>{words.whole}</summary>
        <p className="prose">{text.text}</p>
      </details>
      {appearances.length > 0 && (
        <ul className="lines">
          {appearances.map(({ seq, medium, at }) => (
            <li key={seq}>
              {medium} <span className="muted number">{momentInWords(at)}</span>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>{words.note.title}</summary>
        <NoteForm text={text} media={media} work={work} />
      </details>
    </section>
  );
}

const NOTHING = { medium: undefined as string | undefined, at: '', url: '' };
const NO_FILES: { files: OutboxFile[] } = { files: [] };

function NoteForm({ text, media, work }: { text: PublicText; media: readonly string[]; work: Work }) {
  const { episodeId } = work.episode;
  const name = `${episodeId}/appearance/${text.textId}`;
  const path = `/api/v1/episodes/${encodeURIComponent(episodeId)}/appearances`;
  const draft = useDraft(name, NOTHING);
  const pictures = useDraft(`${name}/files`, NO_FILES);
  const wrong = wrongFields(useOutboxRow(path, name));
  const [known, moment] = [useId(), useId()];
  if (!draft.value || !pictures.value) return null;
  const { medium = text.missing[0] ?? '', at, url } = draft.value;
  return (
    <SendForm
      path={path}
      label={words.phone.label(text.title)}
      submit={words.note.submit}
      body={() => ({
        textId: text.textId,
        medium: medium.trim(),
        at: fromWallTime(at),
        ...(url.trim() === '' ? {} : { url: url.trim() }),
      })}
      files={pictures.value.files}
      drafts={[name, `${name}/files`]}
      savedAt={draft.savedAt ?? pictures.savedAt}
    >
      <TextField
        label={words.note.medium}
        hint={words.note.mediumHint(media.join('、'))}
        required
        list={known}
        wrong={wrong.medium}
        value={medium}
        onChange={({ target }) => draft.change({ medium: target.value })}
      />
      <datalist id={known}>
        {media.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <FieldFrame id={moment} label={words.phone.at} wrong={wrong.at}>
        <input
          id={moment}
          type="datetime-local"
          className="input"
          required
          value={at}
          onChange={({ target }) => draft.change({ at: target.value })}
        />
      </FieldFrame>
      <TextField
        label={words.note.url}
        hint={words.note.urlHint}
        type="url"
        wrong={wrong.url}
        value={url}
        onChange={({ target }) => draft.change({ url: target.value })}
      />
      <Photos files={pictures.value.files} onChange={(files) => pictures.change({ files })} />
    </SendForm>
  );
}
