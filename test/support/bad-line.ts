/** A line that sends some requests twice, late or again after later ones, and loses some answers. */
import { setTimeout as pause } from 'node:timers/promises';

/** As `fetch`. */
export type HttpLine = (url: string, options: RequestInit) => Promise<Response>;

const LATE = 200;

/** Draws what happens to each request from the seed. */
export function badLine(seed: number): HttpLine {
  let state = seed >>> 0;
  // Numerical Recipes' generator: the same seed, the same line.
  const draw = (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
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
