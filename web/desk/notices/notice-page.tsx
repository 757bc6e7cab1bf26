/** A notice is entered in three steps on one page: typed, previewed, confirmed by typing its level. */
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { ApiRefusal, type Schemas } from '../../shared/api.js';
import { DrillStripe, LevelChip } from '../../shared/chips.js';
import { TextField, useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { FaultNotice } from '../../shared/states.js';
import { usePageTitle } from '../../shared/title.js';
import { commonTexts } from '../../texts/zh-CN/common.js';
import { noticeTexts as texts } from '../../texts/zh-CN/notices.js';
import { FoundDraft } from '../found-draft.js';
import { useKeptDraft } from '../kept-draft.js';
import { emptyNotice, type NoticeAct, type NoticeDraft } from './notice-draft.js';
import { NoticeFields } from './notice-fields.js';
import { type NoticePreview, PreviewView } from './preview-view.js';
import './notices.css';

type Episode = Schemas['Episode'];
type MadeAnswer = Episode & { entry: Schemas['MadeEntry']; remarks?: string[] };

export interface NoticePageProps<Body> {
  act: NoticeAct;
  /** The one that is adjusted or lifted. */
  episode?: Episode | undefined;
  /** What the office is about to answer of the expected end. */
  end?: NoticeDraft['end'] | undefined;
  now: () => number;
  bodyOf: (draft: NoticeDraft) => Body;
  preview: (body: Body, key: string) => Promise<NoticePreview>;
  enter: (body: Body, key: string) => Promise<MadeAnswer>;
  /** What else stands in the way when the program refuses: it has changed under the form. */
  meanwhile: () => Promise<ReactNode>;
}

export function NoticePage<Body>(props: NoticePageProps<Body>): ReactNode {
  const { act, episode, end, now, bodyOf, enter, meanwhile } = props;
  const isDrill = act === 'drill' || episode?.drill === true;
  const [empty] = useState(() => ({
    ...emptyNotice(act, episode?.warningLevel ?? 'yellow', now()),
    ...(end && { end }),
  }));
  const kept = useKeptDraft(`${act}/${episode?.episodeId ?? ''}${end ?? ''}`, empty);
  const { draft, set, clear } = kept;
  const [done, setDone] = useState<MadeAnswer>();
  const [moved, setMoved] = useState<ReactNode>();
  const [shown, setShown] = useState<{ of: string; preview: NoticePreview }>();
  const keyOf = useKeyOf();
  const body = useMemo(() => bodyOf(draft), [draft, bodyOf]);
  const content = JSON.stringify(body);
  usePageTitle(texts.titles[act], { drill: isDrill });

  async function withWhatMoved<T>(ask: () => Promise<T>): Promise<T> {
    setMoved(undefined);
    try {
      return await ask();
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 409) {
        tellNews(episode?.episodeId);
        setMoved(await meanwhile().catch(() => undefined));
      }
      throw error;
    }
  }
  const previewing = useSubmission(async () => {
    const preview = await withWhatMoved(() => props.preview(body, keyOf({ preview: body })));
    setShown({ of: content, preview });
  });
  const entering = useSubmission(async () => {
    const answer = await withWhatMoved(() => enter(body, keyOf({ enter: body })));
    clear();
    setDone(answer);
    tellNews(answer.episodeId);
  });
  if (done) return <Done act={act} episode={done} />;
  const isCurrent = shown?.of === content;
  return (
    <>
      <DrillStripe drill={isDrill} />
      <header className="page-head">
        <h1>
          {isDrill && commonTexts.drillMark}
          {episode ? texts.inTitle(texts.titles[act], episode.notice.number ?? '') : texts.titles[act]}
        </h1>
        {episode && <LevelChip level={episode.warningLevel} />}
      </header>
      <FoundDraft kept={kept} />
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void previewing.run();
        }}
      >
        <NoticeFields
          act={act}
          draft={draft}
          set={set}
          wrong={{ ...previewing.fields, ...entering.fields }}
          now={now}
          isDrillTime={episode?.drill === true}
        />
        <FaultNotice fault={previewing.fault} />
        <FaultNotice fault={entering.fault} />
        {moved !== undefined && (
          <div className="notice warn" role="status">
            <p>{texts.moved}</p>
            {moved}
          </div>
        )}
        <div className="actions">
          <button type="submit" className={isCurrent ? 'button' : 'button primary'} disabled={previewing.busy}>
            {shown ? texts.previewAgain : texts.preview}
          </button>
          <span className="muted">{shown && !isCurrent ? texts.changedSince : texts.previewHint}</span>
        </div>
      </form>
      {shown && isCurrent && (
        <Shown preview={shown.preview} act={act} isDrill={isDrill} busy={entering.busy} enter={entering.run} />
      )}
    </>
  );
}

interface ShownProps {
  preview: NoticePreview;
  act: NoticeAct;
  isDrill: boolean;
  busy: boolean;
  enter: () => Promise<void>;
}

function Shown({ preview, act, isDrill, busy, enter }: ShownProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [typed, setTyped] = useState('');
  useEffect(() => heading.current?.focus(), []);
  const { alreadyEntered, level, recipients } = preview;
  if (alreadyEntered)
    return (
      <p className="notice warn" role="status">
        {texts.already}{' '}
        <Link to="/duty" search={{ episode: alreadyEntered.episodeId }}>
          {texts.openEpisode}
        </Link>
      </p>
    );
  const word = level.after ? commonTexts.levels[level.after.warningLevel] : texts.lifting;
  const response = level.after ? commonTexts.responses[level.after.responseLevel] : '';
  const sentence = texts.sentence[act === 'drill' ? 'start' : act];
  return (
    <section className="panel" aria-labelledby="preview">
      <h2 id="preview" tabIndex={-1} ref={heading}>
        {texts.previewTitle}
      </h2>
      <PreviewView preview={preview} />
      <form
        className="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === word) void enter();
        }}
      >
        <p className="sentence">
          {isDrill && commonTexts.drillMark}
          {sentence(word, response, recipients.units, recipients.people)}{' '}
          <span className={isDrill ? 'drill-mark' : 'bad-words'}>
            {isDrill ? texts.drillSentence : texts.realSentence}
          </span>
        </p>
        <TextField
          label={texts.type(word)}
          autoComplete="off"
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
        />
        <button
          type="submit"
          className={isDrill ? 'button primary' : 'button danger'}
          disabled={busy || typed.trim() !== word}
        >
          {texts.submit}
        </button>
      </form>
    </section>
  );
}

function Done({ act, episode }: { act: NoticeAct; episode: MadeAnswer }) {
  const { drill, episodeId, warningLevel, entry, remarks = [] } = episode;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <DrillStripe drill={drill} />
      <section className="state">
        <h1 tabIndex={-1} ref={heading}>
          {drill && commonTexts.drillMark}
          {texts.done[act]}
        </h1>
        <LevelChip level={warningLevel} />
        <p>{texts.doneSeq(entry.seq)}</p>
        {remarks.length > 0 && (
          <div className="notice warn">
            <p>{texts.remarks}</p>
            <ul className="lines">
              {remarks.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </div>
        )}
        <Link to="/duty" search={{ episode: episodeId }} className="button primary">
          {texts.toDuty}
        </Link>
      </section>
    </>
  );
}
