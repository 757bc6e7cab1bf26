/** Papers of an episode of 33 units and 30 days, as somebody downloads them: follow-up report, review, ledger. */
import { ONE_HOUR, startRequestBody, type TestApp, testApp } from '../api/testing/app.js';
import { beijingDate } from '../plan/rules/calendar.js';
import type { Measurement } from './figures.js';
import { timed } from './load.js';

const DAYS = 30;
const TIMES = 5;
const FILES = { 'follow-up report': 'follow-up-report.docx', review: 'review.docx', ledger: 'ledger.xlsx' };

export async function measurePapers(): Promise<Measurement[]> {
  const app = await testApp();
  try {
    const episode = await livedThrough(app);
    const Authorization = await newSession(app);
    const download = async (file: string) => {
      const response = await fetch(`${app.url}${episode}/${file}`, { headers: { Authorization } });
      if (!response.ok) throw new Error(await response.text());
      await response.arrayBuffer();
    };
    const figures: Measurement[] = [];
    for (const [what, file] of Object.entries(FILES)) {
      const values: number[] = [];
      for (let n = 0; n < TIMES; n += 1) values.push(await timed(() => download(file)));
      figures.push({
        row: 'papers',
        what: `${what} of 33 units and ${DAYS} days`,
        unit: 'ms',
        values,
        reach: '≤ 5,000 ms',
      });
    }
    return figures;
  } finally {
    await app.close();
  }
}

/** A session ends while days pass. */
async function newSession(app: TestApp): Promise<string> {
  const { username, password } = app.accounts.find(({ role }) => role === 'office')!;
  const { body } = await app.ask('POST', '/api/v1/sessions', { body: { username, password } });
  return `Bearer ${String(body.token)}`;
}

/** Every unit acknowledges, and reports each day but for one in ten, which is late for good; then the response is lifted. */
async function livedThrough(app: TestApp): Promise<string> {
  let Authorization = await newSession(app);
  const ask = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const answered = await app.ask(method, path, { headers: { Authorization }, body });
    if (answered.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answered.body)}`);
    return answered.body;
  };
  const start = startRequestBody(app.now());
  const { episodeId } = await ask('POST', '/api/v1/episodes', start);
  const episode = `/api/v1/episodes/${String(episodeId)}`;
  const units = app.edition.units.map(({ unitId }) => unitId);
  const each = (work: (unit: string) => Promise<unknown>, of = units) => Promise.all(of.map(work));
  await each((unit) => ask('POST', `${episode}/units/${unit}/acknowledgement`, {}));
  for (let day = 0; day < DAYS; day += 1) {
    const date = beijingDate(app.now());
    await app.pass(24 * ONE_HOUR);
    Authorization = await newSession(app);
    await each(
      (unit) => ask('PUT', `${episode}/units/${unit}/daily-reports/${date}`, { text: '措施已落实' }),
      units.filter((_, i) => i % 10 !== day % 10),
    );
  }
  const issuedAt = new Date(app.now()).toISOString();
  await ask('POST', `${episode}/lift`, {
    notice: { number: '乌环委办〔2026〕解除号', issuer: '乌鲁木齐市生态环境保护委员会办公室', issuedAt },
  });
  await ask('PUT', `${episode}/review`, { conclusions: '响应及时', planRevisionNeeded: false });
  return episode;
}
