/**
 * An act of the office on an episode: what it will do, one confirmation, and then the number of its entry. When it is refused
 * because something has changed, the form stays and shows how the episode stands now.
 */
import { type ReactNode, useState } from 'react';
import { ApiRefusal, type Schemas } from '../../shared/api.js';
import { useKeyOf, useSubmission } from '../../shared/forms.js';
import { tellNews } from '../../shared/news.js';
import { actTexts } from '../../texts/zh-CN/acts.js';
import { DialogForm, type DialogFormProps } from '../dialog-form.js';
import { readEpisode } from '../episode-queries.js';
import type { Kept } from '../found-draft.js';
import { EpisodeStanding } from '../notices/moved.js';
import './acts.css';

export interface ActDialogProps<Body> extends Omit<DialogFormProps, 'submission' | 'children'> {
  episodeId: string;
  /** Exactly what it will do. */
  what: ReactNode;
  body: Body;
  send: (body: Body, key: string) => Promise<{ entry: { seq: number } }>;
  /** What was typed; it is of no use once it was sent. */
  kept: Kept;
  onDone: (seq: number) => void;
  /** The fields, with the server's words by its names of them. */
  children: (wrong: Record<string, string>) => ReactNode;
}

export function ActDialog<Body>(props: ActDialogProps<Body>): ReactNode {
  const { episodeId, what, body, send, kept, onDone, children, ...dialog } = props;
  const [moved, setMoved] = useState<Schemas['Episode']>();
  const keyOf = useKeyOf();
  const submission = useSubmission(async () => {
    setMoved(undefined);
    try {
      const { entry } = await send(body, keyOf(body));
      kept.clear();
      onDone(entry.seq);
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 409)
        setMoved(await readEpisode(episodeId).catch(() => undefined));
      throw error;
    } finally {
      tellNews(episodeId);
    }
  });
  return (
    <DialogForm {...dialog} kept={kept} submission={submission}>
      <p>{what}</p>
      {children(submission.fields)}
      {moved && (
        <div className="notice warn" role="status">
          <p>{actTexts.moved}</p>
          <EpisodeStanding {...moved} />
        </div>
      )}
    </DialogForm>
  );
}
