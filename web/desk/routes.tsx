/** The desk's addresses. A screen is loaded when it is opened; its filters are search parameters, typed here. */
import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { auditRoutes } from './audit/audit-routes.js';
import { BOARD_FILTERS, type BoardFilter, boardSearch } from './board-cells.js';
import { historySearch } from './history-search.js';
import { root } from './root-route.js';
import { oneOf, wordIn } from './search-words.js';
import { setUpRoutes } from './set-up-routes.js';

interface DutySearch {
  show?: BoardFilter | undefined;
  /** The unit whose row is open beside the table. */
  unit?: string | undefined;
  episode?: string | undefined;
}

// Each in a constant of its own: written into the list, its path and search would be any string.
const episodes = createRoute({
  getParentRoute: () => root,
  path: '/episodes',
  component: lazyRouteComponent(() => import('./screens/episodes.js'), 'EpisodesPage'),
});

const board = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/board',
  validateSearch: boardSearch,
  component: lazyRouteComponent(() => import('./screens/board.js'), 'BoardPage'),
});

const duty = createRoute({
  getParentRoute: () => root,
  path: '/duty',
  validateSearch: (search: Record<string, unknown>): DutySearch => ({
    show: oneOf(BOARD_FILTERS, search.show),
    unit: wordIn(search.unit),
    episode: wordIn(search.episode),
  }),
  component: lazyRouteComponent(() => import('./screens/duty.js'), 'DutyPage'),
});

const start = createRoute({
  getParentRoute: () => root,
  path: '/start',
  component: lazyRouteComponent(() => import('./screens/notices.js'), 'StartPage'),
});

const drill = createRoute({
  getParentRoute: () => root,
  path: '/drills/new',
  component: lazyRouteComponent(() => import('./screens/notices.js'), 'DrillPage'),
});

const adjust = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/adjust',
  validateSearch: (search: Record<string, unknown>): { end?: 'set' | 'open' | undefined } => ({
    end: oneOf(['set', 'open'], search.end),
  }),
  component: lazyRouteComponent(() => import('./screens/notices.js'), 'AdjustPage'),
});

const lift = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/lift',
  component: lazyRouteComponent(() => import('./screens/notices.js'), 'LiftPage'),
});

const calling = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/calling-list',
  component: lazyRouteComponent(() => import('./screens/calling-list.js'), 'CallingListPage'),
});

const MESSAGE_STATES = ['waiting', 'reached', 'failed', 'withdrawn'] as const;
const messages = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/messages',
  validateSearch: (search: Record<string, unknown>): { state?: (typeof MESSAGE_STATES)[number] | undefined } => ({
    state: oneOf(MESSAGE_STATES, search.state),
  }),
  component: lazyRouteComponent(() => import('./screens/messages.js'), 'MessagesPage'),
});

const measures = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/measures',
  component: lazyRouteComponent(() => import('./screens/measures.js'), 'MeasuresPage'),
});

const notices = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/notices',
  component: lazyRouteComponent(() => import('./screens/episode-notices.js'), 'EpisodeNoticesPage'),
});

const roster = createRoute({
  getParentRoute: () => root,
  path: '/roster',
  validateSearch: (search: Record<string, unknown>): { unit?: string | undefined; from?: string | undefined } => ({
    unit: wordIn(search.unit),
    from: wordIn(search.from),
  }),
  component: lazyRouteComponent(() => import('./screens/roster.js'), 'DutyRosterPage'),
});

const problems = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/problems',
  validateSearch: (search: Record<string, unknown>): { state?: 'open' | 'resolved' | undefined } => ({
    state: oneOf(['open', 'resolved'], search.state),
  }),
  component: lazyRouteComponent(() => import('./screens/problems.js'), 'EpisodeProblemsPage'),
});

const circulars = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/circulars',
  component: lazyRouteComponent(() => import('./screens/circulars.js'), 'CircularsPage'),
});

const circular = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/circulars/$circularId',
  component: lazyRouteComponent(() => import('./screens/circular.js'), 'CircularPage'),
});

const texts = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/texts',
  validateSearch: (search: Record<string, unknown>): { of?: string | undefined } => ({ of: wordIn(search.of) }),
  component: lazyRouteComponent(() => import('./screens/texts.js'), 'TextsPage'),
});

const digests = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/digests',
  component: lazyRouteComponent(() => import('./screens/digests.js'), 'DigestsPage'),
});

const digest = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/digests/$date',
  component: lazyRouteComponent(() => import('./screens/digests.js'), 'DigestPage'),
});

const accountability = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/accountability',
  component: lazyRouteComponent(() => import('./screens/accountability.js'), 'AccountabilityPage'),
});

const followUp = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/follow-up',
  component: lazyRouteComponent(() => import('./screens/follow-up.js'), 'FollowUpPage'),
});

const review = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/review',
  component: lazyRouteComponent(() => import('./screens/review.js'), 'ReviewPage'),
});

const documents = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/documents',
  component: lazyRouteComponent(() => import('./screens/documents.js'), 'DocumentsPage'),
});

const revisions = createRoute({
  getParentRoute: () => root,
  path: '/revisions',
  component: lazyRouteComponent(() => import('./screens/revisions.js'), 'RevisionsPage'),
});

const publicWords = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/public-words',
  component: lazyRouteComponent(() => import('./screens/public-words.js'), 'PublicWordsPage'),
});

const unit = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/units/$unitId',
  component: lazyRouteComponent(() => import('./screens/unit.js'), 'UnitOfEpisodePage'),
});

const history = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/history',
  validateSearch: historySearch,
  component: lazyRouteComponent(() => import('./screens/history.js'), 'HistoryPage'),
});

const entry = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/history/$seq',
  component: lazyRouteComponent(() => import('./screens/entry.js'), 'EntryPage'),
});

const integrity = createRoute({
  getParentRoute: () => root,
  path: '/episodes/$episodeId/integrity',
  component: lazyRouteComponent(() => import('./screens/integrity.js'), 'IntegrityPage'),
});

const wall = createRoute({
  getParentRoute: () => root,
  path: '/wall',
  component: lazyRouteComponent(() => import('./screens/wall.js'), 'WallPage'),
});

const readiness = createRoute({
  getParentRoute: () => root,
  path: '/readiness',
  validateSearch: (search: Record<string, unknown>): { days?: number | undefined } => ({
    days: [1, 7, 31].find((days) => days === search.days),
  }),
  component: lazyRouteComponent(() => import('./screens/readiness.js'), 'ReadinessPage'),
});

const oneTimeCode = createRoute({
  getParentRoute: () => root,
  path: '/one-time-code',
  component: lazyRouteComponent(() => import('./one-time-code.js'), 'OneTimeCodePage'),
});

export const router = createRouter({
  routeTree: root.addChildren([
    duty,
    start,
    drill,
    episodes,
    adjust,
    lift,
    board,
    calling,
    messages,
    problems,
    measures,
    notices,
    roster,
    circulars,
    circular,
    texts,
    digests,
    digest,
    accountability,
    followUp,
    review,
    documents,
    revisions,
    publicWords,
    unit,
    history,
    entry,
    integrity,
    wall,
    readiness,
    oneTimeCode,
    ...auditRoutes,
    ...setUpRoutes,
  ]),
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
