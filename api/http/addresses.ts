import type { Route } from './route.js';

/** What one address answers. `path` as OpenAPI writes it. */
export interface AddressRoutes {
  path: string;
  routes: readonly Route[];
}

/** A parameter sorts after every literal, the end of a segment after both: `a.docx`, `{id}.docx`, `{id}`. */
const rank = (path: string): string =>
  path
    .split('/')
    .map((segment) => `${segment.replaceAll(/\{\w+\}/g, '~')}\uffff`)
    .join('/');

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/**
 * Groups routes by path. Of two paths that fit an address, the more literal one stands first: `…/{noticeId}/units.docx`
 * before `…/{noticeId}/{audience}`. The first that fits answers, also that it does not know the method.
 */
export const byAddress = (routes: readonly Route[]): AddressRoutes[] =>
  [...new Set(routes.map(({ path }) => path))]
    .sort((one, other) => compare(rank(one), rank(other)))
    .map((path) => ({ path, routes: routes.filter((route) => route.path === path) }));
