/** People who open a page, so many a second, whether or not the earlier ones have been answered. */
import { Agent, get } from 'node:http';

export interface Visitors {
  /** Waits for the last answer. @throws Error when one was not the page */
  stop(): Promise<void>;
}

const EVERY = 10;

const AT_ONCE = 50;

const visit = (page: URL, agent: Agent) =>
  new Promise<number>((resolve, reject) => {
    get(page, { agent, headers: { 'Accept-Encoding': 'br' } }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    }).once('error', reject);
  });

const allFound = (page: URL, statuses: readonly number[]): void => {
  const odd = statuses.find((status) => status !== 200);
  if (odd !== undefined) throw new Error(`${page.href} answered ${odd}`);
};

/** Fifty people who open the page again as soon as they have it. Answers a second. */
export async function answersASecond(page: URL, seconds: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const statuses: number[] = [];
  const until = performance.now() + seconds * 1000;
  const people = Array.from({ length: AT_ONCE }, async () => {
    while (performance.now() < until) statuses.push(await visit(page, agent));
  });
  await Promise.all(people);
  agent.destroy();
  allFound(page, statuses);
  return statuses.length / seconds;
}

export function startVisitors(page: URL, aSecond: number): Visitors {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const answers: Array<Promise<number>> = [];
  const timer = setInterval(() => {
    for (let n = 0; n < (aSecond * EVERY) / 1_000; n += 1) answers.push(visit(page, agent));
  }, EVERY);
  return {
    async stop() {
      clearInterval(timer);
      const statuses = await Promise.all(answers);
      agent.destroy();
      allFound(page, statuses);
    },
  };
}
