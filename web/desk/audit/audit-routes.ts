/** Addresses of those who inspect. Pages of an episode are the office's own, at a second address. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { boardSearch } from '../board-cells.js';
import { historySearch } from '../history-search.js';
import { root } from '../root-route.js';
import { oneOf, wordIn } from '../search-words.js';
import { exportsSearch } from './exports-search.js';

const list = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  component: lazyRouteComponent(() => import('../screens/audit.js'), 'AuditPage'),
});

const board = createRoute({
  getParentRoute: () => root,
  path: '/audit/episodes/$episodeId/board',
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import('../screens/board.js'), 'BoardPage'),
});

const timeline = createRoute({
  getParentRoute: () => root,
  path: '/audit/episodes/$episodeId/timeline',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('../screens/history.js'), 'HistoryPage'),
});

const entry = createRoute({
  getParentRoute: () => root,
  path: '/audit/episodes/$episodeId/timeline/$seq',
  component: lazyRouteComponent(() => import('../screens/entry.js'), 'EntryPage'),
});

const integrity = createRoute({
  getParentRoute: () => root,
  path: '/audit/episodes/$episodeId/integrity',
  component: lazyRouteComponent(() => import('../screens/integrity.js'), 'IntegrityPage'),
});

const accountability = createRoute({
  getParentRoute: () => root,
  path: '/audit/episodes/$episodeId/accountability',
  component: lazyRouteComponent(() => import('../screens/accountability.js'), 'AccountabilityPage'),
});

const KINDS_OF_EPISODE = ['real', 'drill'] as const;

const unitRecord = createRoute({
  getParentRoute: () => root,
  path: '/audit/units/$unitId',
  validateSearch: (search: Record<string, unknown>): { kind?: (typeof KINDS_OF_EPISODE)[number] | undefined } => ({
    kind: oneOf(KINDS_OF_EPISODE, search.kind),
  }),
  component: lazyRouteComponent(() => import('../screens/unit-record.js'), 'UnitRecordPage'),
});

const compare = createRoute({
  getParentRoute: () => root,
  path: '/audit/compare',
  validateSearch: (search: Record<string, unknown>): { one?: string | undefined; other?: string | undefined } => ({
    one: wordIn(search.one),
    other: wordIn(search.other),
  }),
  component: lazyRouteComponent(() => import('../screens/compare.js'), 'ComparePage'),
});

const exports = createRoute({
  getParentRoute: () => root,
  path: '/exports',
  validateSearch: exportsSearch,
  component: lazyRouteComponent(() => import('../screens/exports.js'), 'ExportsPage'),
});

export const auditRoutes = [
  list,
  board,
  timeline,
  entry,
  integrity,
  accountability,
  unitRecord,
  compare,
  exports,
] as const;
