import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { routes } from '../routes.js';
import { byAddress } from './addresses.js';

const fits = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

test('of two paths that fit an address, the more literal one stands first, in whatever order they are listed', () => {
  const anyOrder = fc.shuffledSubarray([...routes], { minLength: routes.length });
  fc.assert(
    fc.property(anyOrder, (listed) => {
      const paths = byAddress(listed).map(({ path }) => path);
      const hidden = paths.flatMap((wide, at) => paths.slice(at + 1).filter((narrow) => fits(wide).test(narrow)));
      expect(hidden).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('no route is lost', () => {
  expect(byAddress(routes).flatMap((address) => address.routes)).toHaveLength(routes.length);
});
