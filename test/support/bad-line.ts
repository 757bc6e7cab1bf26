/** A line that sends some requests twice, late or again after later ones, and loses some answers. */
import { setTimeout as pause } from 'node:timers/promises';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** As `fetch`. */
export type HttpLine = (url: string, options: RequestInit) => Promise<Response>;

const LATE = 200;

/** Draws what happens to each request from the seed. */
export function badLine(seed: number): HttpLine {
  const generator = xoroshiro128plus(seed);
  const draw = (below: number): number => uniformInt(generator, 0, below - 1);
  return async (url, options) => {
    const isCommand = options.method !== 'GET';
    switch (isCommand ? draw(10) : undefined) {
      case 0:
        void again(url, options, 0);
        break;
      case 1:
        void again(url, options, draw(LATE));
        break;
      case 2:
        await pause(draw(LATE));
        break;
      case 3: {
        await again(url, options, 0);
        throw new Error('the answer was lost');
      }
    }
    return fetch(url, options);
  };
}

/** Its answer goes nowhere. */
async function again(url: string, options: RequestInit, after: number): Promise<void> {
  await pause(after);
  const answer = await fetch(url, options).catch(() => undefined);
  await answer?.arrayBuffer().catch(() => undefined);
}
