/** People who open a page, so many a second, whether or not the earlier ones have been answered. */
import { Agent, get } from 'node:http';

export interface Visitors {
  /** Waits for the last answer. @throws Error when one was not the page */
  stop(): Promise<void>;
}

const EVERY = 10;

export function startVisitors(page: URL, aSecond: number): Visitors {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const answers: Array<Promise<number>> = [];
  const visit = () =>
    new Promise<number>((resolve, reject) => {
      get(page, { agent, headers: { 'Accept-Encoding': 'br' } }, (response) => {
        response.resume().once('end', () => resolve(response.statusCode ?? 0));
      }).once('error', reject);
    });
  const timer = setInterval(() => {
    for (let n = 0; n < (aSecond * EVERY) / 1_000; n += 1) answers.push(visit());
  }, EVERY);
  return {
    async stop() {
      clearInterval(timer);
      const statuses = await Promise.all(answers);
      agent.destroy();
      const odd = statuses.find((status) => status !== 200);
      if (odd !== undefined) throw new Error(`${page.href} answered ${odd}`);
    },
  };
}
