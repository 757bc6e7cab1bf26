/** What the public was told in an episode, where it appeared, and where it has not yet (§3.1.4, §5.2). */
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { answered, api, type Schemas } from '../../shared/api.js';
import { momentInWords } from '../../shared/beijing.js';
import { Chip } from '../../shared/chips.js';
import { Queried } from '../../shared/states.js';
import { publicWordsTexts as texts } from '../../texts/zh-CN/public-words.js';
import { EpisodeFrame } from '../episode/episode-frame.js';
import { ListTable } from '../list-table.js';
import { AppearanceDialog } from '../public-words/appearance-dialog.js';
import { StatementDialog } from '../public-words/statement-dialog.js';
import { ofEpisode } from '../queries.js';
import { useIsOffice } from '../role.js';

const route = getRouteApi('/episodes/$episodeId/public-words');

type PublicWords = Schemas['PublicWords'];
type PublicText = PublicWords['texts'][number];

export function PublicWordsPage(): ReactNode {
  const { episodeId } = route.useParams();
  const query = useQuery({
    queryKey: ofEpisode(episodeId, 'public-words'),
    queryFn: () => answered(api.GET('/api/v1/episodes/{episodeId}/public-words', { params: { path: { episodeId } } })),
  });
  const missing = query.data?.texts.filter((text) => text.missing.length > 0).length ?? 0;
  return (
    <EpisodeFrame episodeId={episodeId} title={texts.title} count={missing}>
      {({ drill, phase }) => (
        <Queried query={query}>
          {(words) => <Words episodeId={episodeId} drill={drill} isOpen={phase !== 'closed'} words={words} />}
        </Queried>
      )}
    </EpisodeFrame>
  );
}

interface WordsProps {
  episodeId: string;
  drill: boolean;
  isOpen: boolean;
  words: PublicWords;
}

function Words({ episodeId, drill, isOpen, words }: WordsProps) {
  const mayAct = useIsOffice() && isOpen;
  const [asked, setAsked] = useState<PublicText | 'statement'>();
  const [done, setDone] = useState('');
  const close = () => setAsked(undefined);
  const onDone = (what: string, seq: number) => {
    setDone(texts.done(what, seq));
    close();
  };
  const standing = words.texts.filter(({ statement, correctedBy }) => statement && correctedBy === undefined);
  const dialog = { episodeId, drill, onClose: close, onDone };
  return (
    <>
      <p className="actions not-printed">
        {mayAct && (
          <button type="button" className="button" onClick={() => setAsked('statement')}>
            {texts.state.title}
          </button>
        )}
        <a className="button" href="/public" target="_blank" rel="noreferrer">
          {texts.openPages}
        </a>
      </p>
      {done !== '' && (
        <p className="notice good" role="status">
          {done}
        </p>
      )}
      {words.texts.length === 0 && <p className="muted">{texts.none}</p>}
      {words.texts.map((text) => (
        <TextPanel key={text.textId} text={text} drill={drill} {...(mayAct ? { onNote: () => setAsked(text) } : {})} />
      ))}
      {asked === 'statement' && <StatementDialog {...dialog} standing={standing} />}
      {asked !== undefined && asked !== 'statement' && (
        <AppearanceDialog {...dialog} media={words.media} text={asked} />
      )}
    </>
  );
}

function TextPanel({ text, drill, onNote }: { text: PublicText; drill: boolean; onNote?: () => void }) {
  const { textId, statement, title, issuedAt, correctedBy, onPublicPages, appearances, missing } = text;
  const id = `text-${textId}`;
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p>
        <Chip>{statement ? texts.subjects[statement.about] : texts.ofWarning}</Chip>{' '}
        <Chip tone={correctedBy === undefined ? 'good' : 'plain'}>
          {correctedBy === undefined ? texts.inForce : texts.corrected(correctedBy)}
        </Chip>{' '}
        {drill && !onPublicPages && <Chip tone="warn">{texts.hidden}</Chip>}{' '}
        <span className="muted number">
          {textId}，{texts.issued(momentInWords(issuedAt))}
        </span>
      </p>
      <details>
        <summary>{texts.whole}</summary>
        <p className="prose">{text.text}</p>
      </details>
      <Appearances title={title} appearances={appearances} />
      {correctedBy === undefined && (
        <p className={missing.length > 0 ? 'bad-words' : 'muted'}>
          {missing.length > 0 ? texts.missing(missing.join('、')) : texts.everywhere}
        </p>
      )}
      {onNote && (
        <p className="actions not-printed">
          <button type="button" className="button" aria-label={`${texts.note.title}：${title}`} onClick={onNote}>
            {texts.note.title}
          </button>
        </p>
      )}
    </section>
  );
}

function Appearances({ title, appearances }: Pick<PublicText, 'title' | 'appearances'>) {
  const words = texts.appearances;
  if (appearances.length === 0) return <p className="muted">{words.none}</p>;
  return (
    <ListTable caption={words.caption(title)} heads={Object.values(words.columns)}>
      {appearances.map(({ seq, medium, at, url, attachmentIds = [], notedAt, unitName }) => (
        <tr key={seq}>
          <th scope="row">{medium}</th>
          <td className="number">{momentInWords(at)}</td>
          <td>
            {url && (
              <a href={url} target="_blank" rel="noreferrer">
                {words.url}
              </a>
            )}{' '}
            {attachmentIds.map((attachmentId, index) => (
              <a key={attachmentId} href={`/api/v1/attachments/${attachmentId}`} download>
                {words.picture(index + 1)}{' '}
              </a>
            ))}
          </td>
          <td className="muted">{words.noted(unitName ?? words.byOffice, momentInWords(notedAt))}</td>
        </tr>
      ))}
    </ListTable>
  );
}
