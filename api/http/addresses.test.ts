import { expect, test } from '@jest/globals';
import { routes } from '../routes.js';
import { byAddress } from './addresses.js';

const paths = byAddress(routes).map(({ path }) => path);
const fits = (path: string): RegExp => new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`);

test('of two paths that fit an address, the more literal one stands first', () => {
  const wrong = paths.flatMap((wide, at) => paths.slice(at + 1).filter((narrow) => fits(wide).test(narrow)));
  expect(wrong).toEqual([]);
  expect(paths.indexOf('/api/v1/episodes/{episodeId}/digests/{date}.docx')).toBeLessThan(
    paths.indexOf('/api/v1/episodes/{episodeId}/digests/{date}'),
  );
});

test('no route is lost', () => {
  expect(byAddress(routes).flatMap((address) => address.routes)).toHaveLength(routes.length);
});
