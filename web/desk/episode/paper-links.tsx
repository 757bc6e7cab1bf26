/** Papers to download, made by the server. */
import type { ReactNode } from 'react';
import { episodeTexts } from '../../texts/zh-CN/episode.js';

export type PaperEnding = keyof typeof episodeTexts.papers.endings;

/** `address`: of the episode, without an ending, such as `digests/2026-01-10`. */
export function PaperLinks(props: {
  episodeId: string;
  address: string;
  isSent: boolean;
  endings: readonly PaperEnding[];
}): ReactNode {
  const { episodeId, address, isSent, endings } = props;
  const { draft, sent, endings: names, recorded } = episodeTexts.papers;
  return (
    <p className="actions not-printed">
      {endings.map((ending) => (
        <a key={ending} className="button" href={`/api/v1/episodes/${episodeId}/${address}.${ending}`} download>
          {ending === 'docx' && (isSent ? sent : draft)}
          {names[ending]}
        </a>
      ))}
      <span className="muted">{recorded}</span>
    </p>
  );
}
