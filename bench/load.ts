/** Work as people give it to the program: some clients, each with its next report after the last answer. */
import type { Person } from '../test/support/person.js';

/** Milliseconds. */
export const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};

export const sendReport = (person: Person, episode: string): Promise<unknown> =>
  person.command('POST', `${episode}/units/${person.username}/implementation-reports`, { text: '已落实' });

/**
 * Answers a second: so many clients work for that long, each asking again once it is answered. By time and not by number,
 * so that a slow machine takes no longer.
 */
export async function rateOf(
  clients: number,
  seconds: number,
  work: (client: number, nth: number) => Promise<unknown>,
): Promise<number> {
  const before = performance.now();
  let answers = 0;
  const isOver = () => performance.now() - before > seconds * 1000;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let n = 0; !isOver(); n += 1) {
        await work(client, n);
        answers += 1;
      }
    }),
  );
  return answers / ((performance.now() - before) / 1000);
}

/** Reports a second of so many clients on these episodes. */
export const reportRate = (
  units: readonly Person[],
  episodes: readonly string[],
  clients: number,
  seconds: number,
): Promise<number> =>
  rateOf(clients, seconds, (client, n) =>
    sendReport(units[client % units.length]!, episodes[(client + n) % episodes.length]!),
  );
