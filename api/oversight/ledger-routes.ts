import { Readable } from 'node:stream';
import { ledgerOf, ledgerOfUnit } from '../../documents/ledger.js';
import type { LedgerInput } from '../../documents/ledger-input.js';
import { recordAsCsv } from '../../documents/ledger-record.js';
import { type Spreadsheet, XLSX_TYPE, xlsxOfSpreadsheet } from '../../documents/workbook.js';
import type { Entry } from '../../episode/entries.js';
import type { EpisodeState } from '../../episode/state-types.js';
import { keptEdition } from '../../ledger/editions.js';
import { entriesOfChain } from '../../ledger/reading/history.js';
import type { Context } from '../engine/context.js';
import { theUnitAmongAll, theWholeEpisode } from '../engine/load-episode.js';
import { episodePaths } from '../engine/schemas.js';
import { type Answer, route } from '../http/route.js';

const EPISODE = '/api/v1/episodes/{episodeId}';
const WATCH = { office: 'any', supervisor: 'any' } as const;
const CSV_TYPE = 'text/csv';

/** Laying out more rows at once would hold up other work for too long. */
const MOST_IN_A_SHEET = 20_000;

/** The ledger to keep outside (§5.2 台账). */
export const ledgerRoutes = [
  route({
    method: 'get',
    path: `${EPISODE}/ledger.xlsx`,
    summary: '台账：概况、通知、单位、任务、每日报送、数据、问题、时限、消息和全部记录',
    description: `超过 ${MOST_IN_A_SHEET} 条记录时，表中只有前面的；全部记录见 \`GET …/ledger.csv\`。`,
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: [XLSX_TYPE] },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      return workbookAnswer(state, '台账', ledgerOf(await ledgerInput(context, state)));
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE}/ledger.csv`,
    summary: '全部记录，一行一条',
    access: WATCH,
    params: episodePaths.episode,
    answers: { 200: [CSV_TYPE] },
    find: theWholeEpisode,
    async handle({ context, found: { state } }) {
      const content = Readable.from(csvOfRecord(context, state));
      return { status: 200, file: { mediaType: CSV_TYPE, name: `${nameOfFile(state, '全部记录')}.csv`, content } };
    },
  }),
  route({
    method: 'get',
    path: `${EPISODE}/units/{unitId}/ledger.xlsx`,
    summary: '一个单位的台账：任务、每日报送、数据、问题、时限和本单位的记录',
    access: { ...WATCH, unit: 'own' },
    params: episodePaths.episodeUnit,
    answers: { 200: [XLSX_TYPE] },
    find: theUnitAmongAll,
    async handle({ context, found: { state, unit } }) {
      return workbookAnswer(state, '本单位台账', ledgerOfUnit(await ledgerInput(context, state), unit));
    },
  }),
];

/** The entries end where the state does. */
async function ledgerInput({ database }: Context, state: EpisodeState): Promise<LedgerInput> {
  const entries: Entry[] = [];
  for await (const page of entriesOfChain(database, state.episodeId))
    entries.push(...page.filter(({ seq }) => seq <= state.head.seq));
  const edition = await keptEdition(database, state.binding.editionHash);
  const added = new Map(
    entries.flatMap(({ kind, data }) =>
      kind === 'task.added' && data.text !== undefined ? [[data.taskId, data.text] as const] : [],
    ),
  );
  return {
    state,
    entries,
    district: edition.plan.edition.district,
    textOf: (taskId) => added.get(taskId) ?? edition.textOf(taskId),
    mostEntries: MOST_IN_A_SHEET,
  };
}

async function* csvOfRecord({ database }: Context, state: EpisodeState): AsyncGenerator<string> {
  let isFirst = true;
  for await (const page of entriesOfChain(database, state.episodeId)) {
    yield recordAsCsv(state, page, isFirst);
    isFirst = false;
  }
}

const workbookAnswer = async (state: EpisodeState, what: string, spreadsheet: Spreadsheet): Promise<Answer> => {
  const content = await xlsxOfSpreadsheet(spreadsheet);
  const name = `${nameOfFile(state, what)}.xlsx`;
  return { status: 200, file: { mediaType: XLSX_TYPE, name, content, size: content.length } };
};

const nameOfFile = ({ drill, episodeId }: EpisodeState, what: string): string =>
  `${drill ? '【演练】' : ''}${what}-${episodeId}`;
