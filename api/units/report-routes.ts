import { reportDue } from '../../episode/due.js';
import { nameOf } from '../../episode/state.js';
import type { ReportState } from '../../episode/state-types.js';
import { findEntries } from '../../ledger/reading/reading.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { type FoundUnit, theProblem, theUnitOfEpisode } from '../engine/load-episode.js';
import { unitPage, withEntry } from '../engine/schemas.js';
import { notFound, type Problem } from '../http/problems.js';
import { type Call, route } from '../http/route.js';
import { contentOf, type OnBehalf } from './on-behalf.js';
import { requireKnownFigures } from './report-figures.js';
import { dailyReport, dailyReportRequest, resolutionRequest, summary, summaryRequest, unitPaths } from './schemas.js';
import { OWN_UNIT, unitCommand } from './unit-commands.js';

const UNIT = '/api/v1/episodes/{episodeId}/units/{unitId}';
const page = withEntry(unitPage);
const READ = { office: 'any', supervisor: 'any', unit: 'own' } as const;

/** Daily reports (§5.1) and the summary after lifting (§5.2). */
export const unitReportRoutes = [
  route({
    method: 'put',
    path: `${UNIT}/daily-reports/{date}`,
    summary: '报送一日的应急响应情况；再次报送为更正',
    access: OWN_UNIT,
    params: unitPaths.dailyReport,
    body: dailyReportRequest,
    answers: { 200: page, 201: page },
    find: theUnitOfEpisode,
    handle: (call) => {
      const { unitId, state } = call.found;
      const content = contentOf(call.body);
      requireKnownFigures(state, unitId, content.figures);
      return unitCommand(
        call,
        { kind: 'submitDailyReport', unitId, date: call.params.date, content },
        { 'report.submitted': addressOf(call) },
      );
    },
  }),
  route({
    method: 'get',
    path: `${UNIT}/daily-reports/{date}`,
    summary: '一日的报送',
    access: READ,
    params: unitPaths.dailyReport,
    answers: { 200: dailyReport },
    find: theUnitOfEpisode,
    async handle(call) {
      const { state, unitId } = call.found;
      const { date } = call.params;
      const report = state.units[unitId]?.reports[date];
      const content = await sentContentOf(call, report, notFound('dailyReport', date));
      return { status: 200, body: { unitId, date, dueAt: beijingIso(reportDue(state, date)), ...content } };
    },
  }),
  route({
    method: 'post',
    path: `${UNIT}/problems/{problemId}/resolution`,
    summary: '一个问题已整改完成；应急响应结束后、过程归档前也可登记',
    access: OWN_UNIT,
    params: unitPaths.problem,
    body: resolutionRequest,
    answers: { 200: page },
    find: theProblem,
    handle: (call) => {
      const { unitId, problemId } = call.found;
      return unitCommand<OnBehalf>(call, { kind: 'settleProblem', unitId, problemId, ...contentOf(call.body) });
    },
  }),
  route({
    method: 'put',
    path: `${UNIT}/summary`,
    summary: '报送总结；再次报送为更正',
    access: OWN_UNIT,
    params: unitPaths.episodeUnit,
    body: summaryRequest,
    answers: { 200: page, 201: page },
    find: theUnitOfEpisode,
    handle: (call) =>
      unitCommand(
        call,
        { kind: 'submitSummary', unitId: call.found.unitId, content: contentOf(call.body) },
        { 'summary.submitted': addressOf(call) },
      ),
  }),
  route({
    method: 'get',
    path: `${UNIT}/summary`,
    summary: '一个单位的总结',
    access: READ,
    params: unitPaths.episodeUnit,
    answers: { 200: summary },
    find: theUnitOfEpisode,
    async handle(call) {
      const { state, unitId } = call.found;
      const content = await sentContentOf(
        call,
        state.units[unitId]?.summary,
        notFound('summary', nameOf(state, unitId)),
      );
      return { status: 200, body: { unitId, dueAt: beijingIso(state.summaryDueAt ?? 0), ...content } };
    },
  }),
];

const addressOf = ({ action }: Call<unknown, unknown, unknown, unknown>): string => action.slice(action.indexOf('/'));

/** The content in force and the moment it was first sent. 404 before that. */
async function sentContentOf(
  { context, found }: Call<unknown, unknown, unknown, FoundUnit>,
  report: ReportState | undefined,
  missing: Problem,
) {
  if (report?.seq === undefined || report.submittedAt === undefined) throw missing;
  const [entry] = await findEntries(context.database, found.episodeId, [report.seq]);
  if (!entry || !('content' in entry.data)) throw missing;
  const submittedAt = beijingIso(report.submittedAt);
  return {
    status: report.status === 'late' ? 'late' : 'submitted',
    submittedAt,
    ...(entry.kind === 'report.corrected' ? { correctedAt: entry.episodeTime } : {}),
    ...entry.data.content,
  };
}
