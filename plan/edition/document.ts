/** The plan's text by clause and by entry. */
import { type Clause, clause } from '../rules/clauses.js';
import type { PlanDocument } from './schema.js';

export interface DocumentEntry {
  id: string;
  /** The clause as printed, with the entry's number: `4.3.2.1（2）`, `附件1三（七）`. */
  clause: Clause;
  text: string;
}

type Section = PlanDocument[number];
type Paragraph = Section['paragraphs'][number];

const clauseOf = (section: Section, paragraph: Paragraph): Clause => clause(section.clause + (paragraph.number ?? ''));
const printedParagraph = ({ number = '', lead = '', text }: Paragraph): string => number + lead + text;

/** The entries of the text: each paragraph, or its parts where it is split. */
export const entriesOf = (document: PlanDocument): DocumentEntry[] =>
  document.flatMap((section) =>
    section.paragraphs.flatMap((paragraph) =>
      (paragraph.parts ?? [paragraph]).map(({ id, text }) => ({ id, clause: clauseOf(section, paragraph), text })),
    ),
  );

/** The text under each clause: a section's own heading and paragraphs, and each numbered paragraph by itself. */
export function textByClause(document: PlanDocument): Map<string, string> {
  const texts = new Map<string, string>();
  for (const section of document) {
    texts.set(section.clause, section.heading + section.paragraphs.map(printedParagraph).join(''));
    for (const paragraph of section.paragraphs)
      if (paragraph.number) texts.set(clauseOf(section, paragraph), printedParagraph(paragraph));
  }
  return texts;
}

/** The whole text in printed order, without white space between its pieces. */
export const printedText = (document: PlanDocument): string =>
  document
    .map(({ clause, number = clause, heading, paragraphs }) =>
      [number, heading, ...paragraphs.map(printedParagraph)].join(''),
    )
    .join('');
