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

/** Reports a second of so many clients on these episodes. */
export async function reportRate(
  units: readonly Person[],
  episodes: readonly string[],
  clients: number,
  each: number,
): Promise<number> {
  const milliseconds = await timed(() =>
    Promise.all(
      Array.from({ length: clients }, async (_, i) => {
        for (let n = 0; n < each; n += 1)
          await sendReport(units[i % units.length]!, episodes[(i + n) % episodes.length]!);
      }),
    ),
  );
  return (clients * each) / (milliseconds / 1000);
}
