import type { YamlPath } from '../../../lib/lined-yaml.js';
import { textByClause } from '../document.js';
import { type EditionCheck, type Finding, inPlan } from './finding.js';

const CLAUSES = ['clause', 'duty', 'because'];
const PIECES = ['printed', 'text'];

/** Every named clause is printed, every quotation is found under its clause, and every excerpt in its quotation. */
export const quotationsArePrinted: EditionCheck = ({ plan }) => {
  const { document, ...rules } = plan;
  const { coveringNotice } = plan.edition;
  const texts = textByClause(document).set(coveringNotice.clause, coveringNotice.text);
  return visit(rules, [], undefined, texts);
};

/** Every clause that the program cites is printed. */
export const rulesArePrinted: EditionCheck = ({ plan: { rules, document } }) => {
  const texts = textByClause(document);
  return Object.entries(rules).flatMap(([rule, clause]) =>
    texts.has(clause) ? [] : [inPlan(['rules', rule], `预案中没有条款“${clause}”，请写印出的条款号`)],
  );
};

function visit(
  value: unknown,
  path: YamlPath,
  around: string | undefined,
  texts: ReadonlyMap<string, string>,
): Finding[] {
  if (Array.isArray(value)) return value.flatMap((child, index) => visit(child, [...path, index], around, texts));
  if (typeof value !== 'object' || value === null) return [];

  const strings = new Map(
    Object.entries(value).filter((field): field is [string, string] => typeof field[1] === 'string'),
  );
  const named = (names: string[]) => [...strings].filter(([name]) => names.includes(name));
  const clause = strings.get('clause') ?? '';
  const quote = strings.get('quote');
  const within = quote ?? around;
  return [
    ...named(CLAUSES)
      .filter(([, cited]) => !texts.has(cited))
      .map(([name, cited]) => inPlan([...path, name], `预案中没有条款“${cited}”，请写印出的条款号`)),
    ...(quote && texts.get(clause)?.includes(quote) === false
      ? [inPlan([...path, 'quote'], `条款“${clause}”中没有“${quote}”，请照原文抄写`)]
      : []),
    ...named(PIECES)
      .filter(([, piece]) => within?.includes(piece) === false)
      .map(([name, piece]) => inPlan([...path, name], `“${piece}”不在所引原文中，请照原文抄写`)),
    ...Object.entries(value).flatMap(([name, child]) => visit(child, [...path, name], within, texts)),
  ];
}
