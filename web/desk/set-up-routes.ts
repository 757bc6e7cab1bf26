/** Addresses of setting the installation up: the administrator's, the plan's, and one's own account. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signInsSearch } from './administration/sign-ins-search.js';
import { root } from './root-route.js';
import { ACCOUNT_ROLES, oneOf, wordIn } from './search-words.js';

const LEVELS = ['yellow', 'orange', 'red'] as const;

const firstSteps = createRoute({
  getParentRoute: () => root,
  path: '/first-steps',
  component: lazyRouteComponent(() => import('./screens/first-steps.js'), 'FirstStepsPage'),
});

const ownAccount = createRoute({
  getParentRoute: () => root,
  path: '/me',
  component: lazyRouteComponent(() => import('./screens/me.js'), 'OwnAccountPage'),
});

interface PlanSearch {
  level?: (typeof LEVELS)[number] | undefined;
  unit?: string | undefined;
  clause?: string | undefined;
  /** The level beside it. */
  against?: (typeof LEVELS)[number] | undefined;
}

const plan = createRoute({
  getParentRoute: () => root,
  path: '/plan',
  validateSearch: (search: Record<string, unknown>): PlanSearch => ({
    level: oneOf(LEVELS, search.level),
    unit: wordIn(search.unit),
    clause: wordIn(search.clause),
    against: oneOf(LEVELS, search.against),
  }),
  component: lazyRouteComponent(() => import('./screens/plan.js'), 'PlanPage'),
});

interface AccountsSearch {
  role?: (typeof ACCOUNT_ROLES)[number] | undefined;
  text?: string | undefined;
  password?: 'handed-out' | undefined;
}

const accounts = createRoute({
  getParentRoute: () => root,
  path: '/admin/accounts',
  validateSearch: (search: Record<string, unknown>): AccountsSearch => ({
    role: oneOf(ACCOUNT_ROLES, search.role),
    text: wordIn(search.text),
    password: oneOf(['handed-out'], search.password),
  }),
  component: lazyRouteComponent(() => import('./screens/accounts.js'), 'AccountsPage'),
});

const account = createRoute({
  getParentRoute: () => root,
  path: '/admin/accounts/$accountId',
  component: lazyRouteComponent(() => import('./screens/account.js'), 'AccountPage'),
});

const signIns = createRoute({
  getParentRoute: () => root,
  path: '/admin/sign-ins',
  validateSearch: signInsSearch,
  component: lazyRouteComponent(() => import('./screens/sign-ins.js'), 'SignInsPage'),
});

const channels = createRoute({
  getParentRoute: () => root,
  path: '/admin/channels',
  component: lazyRouteComponent(() => import('./screens/channels.js'), 'ChannelsPage'),
});

const tokens = createRoute({
  getParentRoute: () => root,
  path: '/admin/tokens',
  component: lazyRouteComponent(() => import('./screens/tokens.js'), 'TokensPage'),
});

const contacts = createRoute({
  getParentRoute: () => root,
  path: '/admin/contacts',
  validateSearch: (search: Record<string, unknown>): { holder?: string | undefined } => ({
    holder: wordIn(search.holder),
  }),
  component: lazyRouteComponent(() => import('./screens/contacts.js'), 'ContactsPage'),
});

const imports = createRoute({
  getParentRoute: () => root,
  path: '/admin/import',
  component: lazyRouteComponent(() => import('./screens/import.js'), 'ImportPage'),
});

const policy = createRoute({
  getParentRoute: () => root,
  path: '/admin/policy',
  validateSearch: (search: Record<string, unknown>): { only?: 'changed' | undefined } => ({
    only: oneOf(['changed'], search.only),
  }),
  component: lazyRouteComponent(() => import('./screens/policy.js'), 'PolicyPage'),
});

const wording = createRoute({
  getParentRoute: () => root,
  path: '/admin/wording',
  validateSearch: (
    search: Record<string, unknown>,
  ): { event?: string | undefined; level?: (typeof LEVELS)[number] | undefined } => ({
    event: wordIn(search.event),
    level: oneOf(LEVELS, search.level),
  }),
  component: lazyRouteComponent(() => import('./screens/wording.js'), 'WordingPage'),
});

const editions = createRoute({
  getParentRoute: () => root,
  path: '/admin/editions',
  component: lazyRouteComponent(() => import('./screens/editions.js'), 'EditionsPage'),
});

export const setUpRoutes = [
  firstSteps,
  ownAccount,
  plan,
  accounts,
  account,
  signIns,
  channels,
  tokens,
  contacts,
  imports,
  policy,
  wording,
  editions,
] as const;
