// Writes workbooks in a thread. JavaScript as it is: threads load neither TypeScript nor what jest makes of
// it.
import writeXlsxFile from 'write-excel-file/node';
import {
  getOrderOfSiblings,
  getSelfClosingTagMarkup,
  insertElementMarkupAccordingToOrderOfSiblings,
  sanitizeTextContent,
} from 'write-excel-file/utility';

export const write = (sheets) =>
  writeXlsxFile(
    sheets.map(({ sheet, data }) => ({ sheet, data, stickyRowsCount: 1 })),
    { features: [guidance(sheets)] },
  ).toBuffer();

const SHEET = 'xl/worksheets/sheet{id}.xml';

/** What a column takes shows at its cells, with a list to choose from where it has one (ECMA-376 §18.3.1.33). */
const guidance = (sheets) => ({
  files: {
    transform: {
      [SHEET]: {
        transform: (xml, _options, { sheetIndex }) =>
          insertElementMarkupAccordingToOrderOfSiblings(
            xml,
            `<dataValidations>${sheets[sheetIndex].guides.map(guideOf).join('')}</dataValidations>`,
            getOrderOfSiblings(SHEET, 'worksheet'),
            'worksheet',
          ),
      },
    },
  },
});

const guideOf = ({ cells, title, text, list }) => {
  const shown = { allowBlank: 1, showInputMessage: 1, promptTitle: title, prompt: text, sqref: cells };
  if (list === undefined) return getSelfClosingTagMarkup('dataValidation', shown);
  const open = getSelfClosingTagMarkup('dataValidation', { type: 'list', ...shown }).replace(/\s*\/>$/, '>');
  return `${open}<formula1>${sanitizeTextContent(list)}</formula1></dataValidation>`;
};
