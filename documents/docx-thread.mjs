// Writes a paper as DOCX, in a thread. JavaScript as it is: threads load neither TypeScript nor what jest makes of it.
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  Header,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import { ChartRun } from 'docx/charts';
import { TextWatermark } from 'docx/watermarks';
import { printable, unmarked } from './office-file.mjs';

// GB/T 9704—2012 §5: A4, margins 37, 26, 35 and 28 mm, 22 lines of 28 characters of 16 points. Lengths in twentieths of a point.
const PAGE = {
  size: { width: 11_906, height: 16_838 },
  margin: { top: 2_098, right: 1_474, bottom: 1_984, left: 1_587 },
};
const TEXT_WIDTH = PAGE.size.width - PAGE.margin.left - PAGE.margin.right;
/** 22 lines of 29 points are a little more than the page has, so a line is a twentieth of a point less. */
const LINE = 579;
/** So that 28 characters fit in 156 mm. */
const NARROWER = -5;
const CHARACTER = 315;
const FIRST_LINE = { firstLine: 2 * CHARACTER, firstLineChars: 200 };
const BODY = 32;
const SMALL = 24;
const RED = 'D7000F';

const exactly = (line) => ({ line, lineRule: LineRuleType.EXACT });
const typeface = (eastAsia) => ({
  ascii: 'Times New Roman',
  hAnsi: 'Times New Roman',
  cs: 'Times New Roman',
  eastAsia,
});

/** `{paper, fonts}` → the bytes of a DOCX, the same for the same paper. */
export async function docx({ paper, fonts }) {
  const made = await Packer.toBuffer(documentOf(paper, fonts));
  return unmarked(made, paper.date);
}

function documentOf(paper, fonts) {
  const run = (text, { font = 'body', size = BODY, ...more } = {}) =>
    new TextRun({
      text: printable(text),
      font: typeface(fonts[`${font}Font`]),
      size,
      characterSpacing: size === BODY ? NARROWER : 0,
      ...more,
    });
  const line = (text, { style, ...more } = {}) =>
    new Paragraph({ spacing: exactly(LINE), children: [run(text, style)], ...more });

  return new Document({
    creator: '晴空',
    lastModifiedBy: '晴空',
    title: paper.title,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: typeface(fonts.bodyFont), size: BODY, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: { page: PAGE },
        headers: markedHeaders(paper, run, fonts),
        footers: { default: footer(AlignmentType.RIGHT, fonts), even: footer(AlignmentType.LEFT, fonts) },
        children: [
          ...(paper.head ? redHead(paper.head, run) : []),
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { ...exactly(640), after: LINE },
            children: titleLines(paper.title).map((part, i) => run(part, { font: 'title', size: 44, break: i })),
          }),
          ...(paper.addressee ? [line(paper.addressee)] : []),
          ...paper.blocks.flatMap((block, i) =>
            // A signature does not stand alone on a page (§7.3.5.5).
            blocks[block.kind](block, line, run, paper.signature !== undefined && i === paper.blocks.length - 1),
          ),
          ...(paper.signature ? signed(paper.signature, line) : []),
          // They begin on a page of their own (§7.3.4).
          ...(paper.annexes ?? []).flatMap((table, i) => [
            ...(i === 0 ? [] : [line('')]),
            ...blocks.table({ ...table, pageBreakBefore: i === 0 }, line, run),
          ]),
        ],
      },
    ],
  });
}

/** Characters of the title's size on a line. */
const MOST_ON_A_LINE = 20;
/** Before these a title may be broken: what belongs together stays together (§7.3.1). */
const TURNS = ['重污染天气', '应急响应', '总结评估'];
const widthOf = (text) => [...text].reduce((sum, character) => sum + (character < '\u0100' ? 0.5 : 1), 0);

/** A title too long for one line on two, of much the same length. One that has no such place breaks where its line ends. */
function titleLines(title) {
  const width = widthOf(title);
  if (width <= MOST_ON_A_LINE) return [title];
  const [best] = TURNS.flatMap((turn) => [title.indexOf(turn), title.lastIndexOf(turn)])
    .filter((place) => place > 0)
    .map((place) => [title.slice(0, place), title.slice(place)])
    .filter((parts) => parts.every((part) => widthOf(part) <= MOST_ON_A_LINE))
    .sort(([one], [other]) => Math.abs(widthOf(one) - width / 2) - Math.abs(widthOf(other) - width / 2));
  return best ?? [title];
}

const blocks = {
  heading: ({ level, text }, line) => [
    line(text, {
      indent: FIRST_LINE,
      keepNext: true,
      style: { font: level === 1 ? 'heading' : 'subheading' },
    }),
  ],
  paragraph: ({ text }, line, _run, isSigned) => [
    line(text, { indent: FIRST_LINE, alignment: AlignmentType.BOTH, keepNext: isSigned }),
  ],
  table: (table, line, run) => [
    line(table.caption, {
      keepNext: true,
      pageBreakBefore: table.pageBreakBefore === true,
      alignment: AlignmentType.CENTER,
      style: { font: 'heading', size: 28 },
    }),
    tableOf(table, run),
  ],
  chart: (chart) => [chartOf(chart)],
};

/** Bars of 18 pixels, so that names of 33 units can be read. */
const heightOf = (categories) => Math.min(900, 120 + 18 * categories.length);

/** For who cannot see it: `逾期：甲街道1、乙街道2`. */
const inWords = ({ caption, categories, series }) =>
  printable(
    [
      caption,
      ...series.map(
        ({ name, values }) => `${name}：${categories.map((category, i) => `${category}${values[i]}`).join('、')}`,
      ),
    ].join('；'),
  );

const chartOf = ({ caption, categories, series }) =>
  new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [
      new ChartRun({
        type: 'bar',
        title: caption,
        stacking: 'stacked',
        gapWidth: 40,
        // A bar is as long as its number: by itself the axis begins where it likes.
        valueAxis: { minimum: 0 },
        // The first bar is at the bottom; people read from the top.
        categories: categories.map(printable).toReversed(),
        series: series.map(({ name, values, colour }) => ({ name, values: values.toReversed(), color: colour })),
        transformation: { width: 580, height: heightOf(categories) },
        altText: { name: printable(caption), description: inWords({ caption, categories, series }) },
      }),
    ],
  });

const ALIGNED = { left: AlignmentType.LEFT, right: AlignmentType.RIGHT, center: AlignmentType.CENTER };

function tableOf({ columns, rows }, run) {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((TEXT_WIDTH * share) / shares));
  const cell = (text, i, style, alignment) =>
    new TableCell({
      width: { size: widths[i], type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.CENTER,
      margins: { left: 80, right: 80, top: 30, bottom: 30 },
      children: text
        .split('\n')
        .map((part) => new Paragraph({ spacing: exactly(380), alignment, children: [run(part, style)] })),
    });
  return new Table({
    width: { size: TEXT_WIDTH, type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    rows: [
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: columns.map(({ head }, i) => cell(head, i, { font: 'heading', size: SMALL }, AlignmentType.CENTER)),
      }),
      ...rows.map(
        (row) =>
          new TableRow({
            cantSplit: true,
            children: row.map((text, i) => cell(text, i, { size: SMALL }, ALIGNED[columns[i].align ?? 'left'])),
          }),
      ),
    ],
  });
}

/** Name in red, number, and a red rule 4 mm below it (§7.2.4 to 7.2.7). A long name is set narrower: one line. */
function redHead({ issuer, number = '' }, run) {
  const fitting = Math.min(100, Math.floor(1_350 / issuer.length));
  return [
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { ...exactly(1_000), after: LINE },
      children: [run(issuer, { font: 'title', size: 64, color: RED, scale: fitting })],
    }),
    new Paragraph({ alignment: AlignmentType.CENTER, spacing: exactly(LINE), children: [run(number)] }),
    new Paragraph({
      spacing: { ...exactly(227), after: LINE },
      border: { bottom: { style: BorderStyle.SINGLE, size: 12, color: RED, space: 1 } },
      children: [],
    }),
  ];
}

/** Below the text; the day stands four characters from the right (§7.3.5). */
const signed = ({ by, date }, line) => [
  line('', { keepNext: true }),
  line(by, { alignment: AlignmentType.RIGHT, indent: { right: 2 * CHARACTER }, keepNext: true }),
  ...(date ? [line(date, { alignment: AlignmentType.RIGHT, indent: { right: 4 * CHARACTER } })] : []),
];

/** `— 1 —`, a character from the outer edge (§7.5). */
const footer = (alignment, { pageNumberFont }) =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent: { left: CHARACTER, right: CHARACTER },
        children: [
          new TextRun({ font: typeface(pageNumberFont), size: 28, children: ['— ', PageNumber.CURRENT, ' —'] }),
        ],
      }),
    ],
  });

/** A drill, and a paper that is not issued yet, say so on each page. */
function markedHeaders({ isDrill, isDraft }, run, { headingFont }) {
  const marks = [...(isDraft ? [MARKS.draft] : []), ...(isDrill ? [MARKS.drill] : [])];
  if (marks.length === 0) return {};
  const header = () =>
    new Header({
      children: [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [
            run(marks.map(({ line }) => line).join('　'), { font: 'heading', size: 28, color: marks[0].color }),
            new TextWatermark({
              text: marks.map(({ word }) => word).join(''),
              font: headingFont,
              color: marks[0].pale,
              opacity: 0.4,
            }),
          ],
        }),
      ],
    });
  return { default: header(), even: header() };
}

const MARKS = {
  draft: { line: '【草稿】尚未印发', word: '草稿', color: '5F6368', pale: 'D5D5D5' },
  drill: { line: '【演练】本件为演练文书，不具效力', word: '演练', color: '4A148C', pale: 'B39DDB' },
};
