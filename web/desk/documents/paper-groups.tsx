/** The papers of an episode as its readings tell of them: those that exist, and those that can be made. */
import { Link } from '@tanstack/react-router';
import type { Schemas } from '../../shared/api.js';
import { dateInWords } from '../../shared/beijing.js';
import { documentTexts } from '../../texts/zh-CN/documents.js';
import { issuingTexts } from '../../texts/zh-CN/issuing.js';
import type { PaperGroup, PaperRow } from './paper-table.js';

const texts = documentTexts;
const { links, states } = texts;

export interface Papers {
  episode: Schemas['Episode'];
  isOffice: boolean;
  texts: Schemas['WarningTexts'];
  digests: { items: ReadonlyArray<Schemas['DigestRow']> };
  circulars: { items: ReadonlyArray<Schemas['CircularRow']> };
  followUp: Schemas['FollowUpReport'];
  review: Schemas['Review'];
}

export function paperGroups(papers: Papers): PaperGroup[] {
  const { episode } = papers;
  const { groups, none } = texts;
  return [
    {
      id: 'texts',
      title: groups.texts,
      none: none.texts,
      rows: papers.texts.items.map((text) => rowOfText(episode, text)),
    },
    {
      id: 'digests',
      title: groups.digests,
      none: none.digests,
      rows: [...papers.digests.items].reverse().map((digest) => rowOfDigest(episode, digest)),
    },
    {
      id: 'circulars',
      title: groups.circulars,
      none: none.circulars,
      rows: papers.circulars.items.map((circular) => rowOfCircular(episode, circular)),
    },
    { id: 'reports', title: groups.reports, rows: [rowOfFollowUp(papers), rowOfReview(papers)] },
    { id: 'ledger', title: groups.ledger, rows: rowsAtAnyTime(papers) },
  ];
}

type Episode = Schemas['Episode'];

const below = ({ episodeId }: Episode, address: string): string => `/api/v1/episodes/${episodeId}/${address}`;

function rowOfText(episode: Episode, text: Schemas['WarningText']): PaperRow {
  const { noticeId, noticeName, audience, occasion, status, effect, savedAt, versions } = text;
  const { episodeId, drill } = episode;
  const name = `${issuingTexts.occasions[occasion]} · ${issuingTexts.audiences[audience]}`;
  const [last] = versions;
  const paper = below(episode, `texts/${noticeId}/units.docx`);
  return {
    id: `${noticeId}-${audience}`,
    name: `${name}，${noticeName}`,
    title: (
      <Link to="/episodes/$episodeId/texts" params={{ episodeId }} search={{ of: `${noticeId}-${audience}` }}>
        {name}
      </Link>
    ),
    about: noticeName,
    states: [
      ...(last ? [{ words: texts.version(issuingTexts.isIssued[audience], last.version), tone: 'good' as const }] : []),
      ...(status === 'issued' ? [] : [{ words: states[status] }]),
      ...(effect === 'overtaken' ? [{ words: issuingTexts.overtaken }] : []),
    ],
    // A draft is saved by the real clock, which says nothing beside a drill's.
    at: status === 'saved' && !drill ? savedAt : last?.issuedAt,
    files:
      audience === 'units'
        ? [
            ...(status === 'issued' ? [] : [{ label: links.draft, href: `${paper}?version=draft` }]),
            ...(last ? [{ label: links.original, href: paper }] : []),
          ]
        : last?.onPublicPages
          ? [{ label: links.publicPage, href: `/public/warnings/${episodeId}`, isPage: true }]
          : [],
  };
}

function rowOfDigest(episode: Episode, { date, compiledAt, submission }: Schemas['DigestRow']): PaperRow {
  const { submittedAt, correctedAt } = submission;
  const { episodeId } = episode;
  const name = texts.digest(dateInWords(date));
  const words = correctedAt ? states.corrected : states.sent;
  return {
    id: date,
    name,
    title: (
      <Link to="/episodes/$episodeId/digests/$date" params={{ episodeId, date }}>
        {name}
      </Link>
    ),
    states: [submittedAt ? { words, tone: 'good' } : { words: states.toSend, tone: 'warn' }],
    at: correctedAt ?? submittedAt ?? compiledAt,
    files: [
      { label: submittedAt ? links.original : links.draft, href: below(episode, `digests/${date}.docx`) },
      { label: links.xlsx, href: below(episode, `digests/${date}.xlsx`) },
    ],
  };
}

function rowOfCircular(episode: Episode, { circularId, title, number, issuedAt }: Schemas['CircularRow']): PaperRow {
  const { episodeId } = episode;
  return {
    id: circularId,
    name: title,
    title: (
      <Link to="/episodes/$episodeId/circulars/$circularId" params={{ episodeId, circularId }}>
        {title}
      </Link>
    ),
    about: number,
    states: [{ words: states.issued, tone: 'good' }],
    at: issuedAt,
    files: [{ label: links.original, href: below(episode, `circulars/${circularId}.docx`) }],
  };
}

function rowOfFollowUp({ episode, followUp: { submittedAt, dueAt } }: Papers): PaperRow {
  return {
    id: 'follow-up',
    name: texts.followUp,
    title: (
      <Link to="/episodes/$episodeId/follow-up" params={{ episodeId: episode.episodeId }}>
        {texts.followUp}
      </Link>
    ),
    states: [submittedAt ? { words: states.followUpSent, tone: 'good' } : { words: states.followUpDraft }],
    at: submittedAt,
    dueAt: submittedAt ? undefined : dueAt,
    files: [{ label: submittedAt ? links.original : links.draft, href: below(episode, 'follow-up-report.docx') }],
  };
}

function rowOfReview({ episode, review: { status, publishedAt, dueAt } }: Papers): PaperRow {
  const { episodeId, drill } = episode;
  const words = { none: states.reviewNone, draft: states.draft, published: states.reviewPublished }[status];
  return {
    id: 'review',
    name: texts.review,
    title: (
      <Link to="/episodes/$episodeId/review" params={{ episodeId }}>
        {texts.review}
      </Link>
    ),
    states: [publishedAt ? { words, tone: 'good' } : { words }],
    at: publishedAt,
    dueAt: publishedAt ? undefined : dueAt,
    files: [
      { label: publishedAt ? links.original : links.docx, href: below(episode, 'review.docx') },
      // A drill's is on no public page.
      ...(publishedAt && !drill
        ? [{ label: links.publicPage, href: `/public/reviews/${episodeId}`, isPage: true }]
        : []),
    ],
  };
}

function rowsAtAnyTime({ episode, isOffice }: Papers): PaperRow[] {
  const { episodeId } = episode;
  const ledger: PaperRow = {
    id: 'ledger',
    name: texts.ledger,
    title: texts.ledger,
    states: [{ words: states.atAnyTime }],
    files: [
      { label: links.xlsx, href: below(episode, 'ledger.xlsx') },
      { label: links.csv, href: below(episode, 'ledger.csv') },
      { label: links.jsonl, href: below(episode, 'history/text') },
    ],
  };
  const calling: PaperRow = {
    id: 'calling',
    name: texts.calling,
    title: (
      <Link to="/episodes/$episodeId/calling-list" params={{ episodeId }}>
        {texts.calling}
      </Link>
    ),
    states: [{ words: states.onPage }],
    files: [],
  };
  return isOffice ? [ledger, calling] : [ledger];
}
