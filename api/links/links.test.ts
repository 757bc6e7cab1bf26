import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Command, Notice } from '../../episode/commands.js';
import { contactsOf, writeContacts } from '../../ledger/people/contacts.js';
import { createLinks, LINK_LIFE, type Link } from '../../ledger/people/links.js';
import type { EpisodeEngine } from '../engine/engine.js';
import { drill, noticeBody, ONE_HOUR, startRequestBody, type TestApp, testApp } from '../testing/app.js';
import type { TestEngine } from '../testing/engine.js';

/** While true, no command reaches the engine. */
let isCut = false;
/** A command that the engine takes before the next one. */
let overtaking: Command | undefined;

const behindLine = (engine: TestEngine): EpisodeEngine => ({
  ...engine,
  async submit(...asked) {
    if (isCut) throw new Error('the line is cut');
    const first = overtaking;
    overtaking = undefined;
    if (first) await engine.submit(asked[0], 'first', [first]);
    return engine.submit(...asked);
  },
});

let app: TestApp;
const logged: string[] = [];
beforeAll(async () => {
  app = await testApp(behindLine, { logs: { write: (line) => void logged.push(line) } });
});
afterAll(() => app.close());

/** Starts a drill; drills run beside each other, so that each test has its own. */
async function started(changes: Record<string, unknown> = {}): Promise<string> {
  const body = startRequestBody(app.now(), { drill: { timeScale: 1 }, ...changes });
  const answered = await app.ask('POST', '/api/v1/episodes', { as: 'office', body });
  expect(answered.status).toBe(201);
  return String(answered.body.episodeId);
}

const tokenFor = (episodeId: string, over: Partial<Link> = {}, expiresAt = app.now() + LINK_LIFE): Promise<string> =>
  createLinks(app.database).sign(
    { purpose: 'acknowledge', episodeId, unitId: 'education', contact: 'liaison:1', ...over },
    expiresAt,
  );

/** Asks as a phone does: no script, no cookie, fields of a form. */
async function browse(method: string, token: string, fields?: Record<string, string>) {
  const response = await fetch(`${app.url}/a/${token}`, {
    method,
    ...(fields ? { body: new URLSearchParams(fields) } : {}),
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** Presses the page's own button. */
async function press(token: string) {
  return browse('POST', token, { seen: seenIn((await browse('GET', token)).text) });
}

const seenIn = (text: string): string => /name="seen" value="([^"]*)"/.exec(text)?.[1] ?? '';

const acknowledgements = async (episodeId: string, unitId = 'education') => {
  const path = `/api/v1/episodes/${episodeId}/history?kind=unit.acknowledged&unitId=${unitId}`;
  const { body } = await app.ask('GET', path, { as: 'office' });
  return body.items as Array<{ actor: object; data: { noticeNumbers: string[] }; view?: object }>;
};

describe('opening a link', () => {
  /** Of a drill in which nobody acknowledges. */
  let unacknowledged: string;
  beforeAll(async () => {
    unacknowledged = await started();
  });

  test('shows what is to be acknowledged by when, and one button (§3.1.3)', async () => {
    const episodeId = await started();
    const { status, text } = await browse('GET', await tokenFor(episodeId));
    expect(status).toBe(200);
    expect(text).toContain('区教育局');
    expect(text).toContain('黄色预警·Ⅲ级响应');
    expect(text).toMatch(/乌环委办〔2026〕\d+号/);
    expect(text).toContain('2026年1月10日15时00分前');
    const page = await app.ask('GET', `/api/v1/episodes/${episodeId}/units/education`, { as: 'office' });
    expect(text).toContain(`<dd>${(page.body.tasks as unknown[]).length}项</dd>`);
    expect(text.match(/<button/g)).toHaveLength(1);
    expect(text).toContain('确认收到</button>');
  });

  test('names the office’s duty desk with a number to tap (§6.1)', async () => {
    const contacts = [{ contactId: 'desk', role: 'liaison' as const, name: '值班员<甲>', phone: '0991-4690000' }];
    await writeContacts(app.database, 'office', contacts);
    const { text } = await browse('GET', await tokenFor(await started()));
    expect(text).toContain('区环委办值班室：值班员&lt;甲&gt; <a href="tel:0991-4690000">0991-4690000</a>');
  });

  test('an acknowledged notice is carried out after a pause, not in it', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    await browse('POST', token, { seen: 'n1' });
    expect((await browse('GET', token)).text).toContain('请按通知落实应急措施');
    const pause = { items: 'all', reason: '道路管制' };
    await app.ask('POST', `/api/v1/episodes/${episodeId}/suspensions`, { as: 'office', body: pause });
    expect((await browse('GET', token)).text).toContain('恢复后再按通知落实');
  });

  test('is marked as a drill in title and text (§8.2); a real one is not', async () => {
    const inDrill = await browse('GET', await tokenFor(await started()));
    expect(inDrill.text).toContain('<title>【演练】');
    expect(inDrill.text).toContain('【演练】本页用于应急演练');
    const real = await app.ask('POST', '/api/v1/episodes', { as: 'office', body: startRequestBody(app.now()) });
    const { text } = await browse('GET', await tokenFor(String(real.body.episodeId)));
    expect(text).toContain('确认收到</button>');
    expect(text).not.toContain('演练');
  });

  test('counts the tasks to come for a notice that is not yet in effect', async () => {
    const notice = { ...noticeBody(app.now(), '预告一号'), effectiveAt: new Date(app.now() + ONE_HOUR).toISOString() };
    const { text } = await browse('GET', await tokenFor(await started({ notice })));
    expect(text).toMatch(/<dd>[1-9]\d*项<\/dd>/);
  });

  test.each(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])('by %s changes nothing', async (method) => {
    const token = await tokenFor(unacknowledged);
    await browse(method, token);
    await fetch(`${app.url}/a/${token}`, { headers: { Purpose: 'prefetch', 'Sec-Purpose': 'prefetch' } });
    expect(await acknowledgements(unacknowledged)).toEqual([]);
  });

  test('leaves nothing behind and lets nothing in', async () => {
    const { headers, text } = await browse('GET', await tokenFor(await started()));
    expect(headers.get('Cache-Control')).toBe('no-store, no-transform');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-Robots-Tag')).toContain('noindex');
    expect(headers.get('Set-Cookie')).toBeNull();
    const policy = headers.get('Content-Security-Policy') ?? '';
    expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'/);
    expect(policy).not.toContain('unsafe');
    expect(text).not.toMatch(/<script|https?:|style="/);
  });

  test('escapes what people wrote', async () => {
    const notice = noticeBody(app.now(), '<b>"&\'一号');
    const { text } = await browse('GET', await tokenFor(await started({ notice })));
    expect(text).toContain('&lt;b&gt;&quot;&amp;&#39;一号');
    expect(text).not.toContain('<b>');
  });
});

describe('the button', () => {
  test('acknowledges once; again it says when, and adds nothing', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    const { text } = await browse('GET', token);
    const first = await browse('POST', token, { seen: seenIn(text) });
    expect(first).toMatchObject({ status: 200, text: expect.stringContaining('已确认：2026年1月10日14时00分') });
    const again = await browse('POST', token, { seen: seenIn(text) });
    expect(again).toMatchObject({ status: 200, text: first.text });
    expect((await browse('GET', token)).text).toBe(first.text);
    expect(await acknowledgements(episodeId)).toMatchObject([{ actor: { accountId: 'link', role: 'unit' } }]);
    expect(await acknowledgements(episodeId, 'construction')).toEqual([]);
  });

  test('names in the entry for whom the link was made, and in the history beside it', async () => {
    const list = await contactsOf(app.database, 'education');
    await writeContacts(app.database, 'education', [{ contactId: 'p-1', role: 'liaison', name: '李娜' }]);
    const episodeId = await started();
    await press(await tokenFor(episodeId, { contact: 'p-1' }));
    const expected = { actor: { accountId: 'link' }, data: { link: { contact: 'p-1' } } };
    expect(await acknowledgements(episodeId)).toMatchObject([{ ...expected, view: { contact: '李娜' } }]);
    await writeContacts(app.database, 'education', list);
    const [since] = await acknowledgements(episodeId);
    expect(since).toMatchObject(expected);
    expect(since).not.toHaveProperty('view');
  });

  test('is pressed by nothing else: whatever posts to the address is shown the page', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    const tries = [undefined, {}, { url: 'https://qingkong.example' }, { Seen: 'n1' }];
    for (const fields of tries) {
      const { status, text } = await browse('POST', token, fields);
      expect({ status, button: text.includes('确认收到</button>') }).toEqual({ status: 200, button: true });
    }
    expect(await acknowledgements(episodeId)).toEqual([]);
    expect((await press(token)).text).toContain('已确认：');
  });

  test('tapped many times at once is one command', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    const taps = await Promise.all(Array.from({ length: 5 }, () => browse('POST', token, { seen: 'n1' })));
    for (const tap of taps) expect(tap).toMatchObject({ status: 200, text: expect.stringContaining('已确认：') });
    expect(await acknowledgements(episodeId)).toHaveLength(1);
  });

  test('acknowledges late and says so', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    await app.pass(ONE_HOUR + 1);
    expect((await browse('GET', token)).text).toContain('已超过确认时限，请立即确认');
    expect((await press(token)).text).toContain('记为逾期确认');
  });

  test('does not acknowledge a notice that came after the page was opened', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    const seen = seenIn((await browse('GET', token)).text);
    const adjustment = { notice: noticeBody(app.now(), '调整<一>号'), cityLevel: 'red' };
    await app.ask('POST', `/api/v1/episodes/${episodeId}/adjustments`, { as: 'office', body: adjustment });

    const shown = await browse('POST', token, { seen });
    expect(shown.status).toBe(409);
    expect(shown.text).toContain('刚刚又收到新的通知');
    expect(shown.text).toContain('红色预警·I级响应');
    expect(await acknowledgements(episodeId)).toEqual([]);

    const fields = { seen: 'n2' };
    expect(await browse('POST', token, fields)).toMatchObject({
      status: 200,
      text: expect.stringContaining('已确认：'),
    });
    expect(await acknowledgements(episodeId)).toMatchObject([
      { data: { noticeNumbers: [expect.any(String), '调整<一>号'] } },
    ]);
  });

  test('does not acknowledge a notice that overtakes it on its way', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    const seen = seenIn((await browse('GET', token)).text);
    const notice = { ...noticeBody(app.now(), '调整九号'), effectiveAt: new Date(app.now()).toISOString() } as Notice;
    overtaking = {
      commandId: `${episodeId} adjust`,
      bodyHash: '',
      actor: { accountId: 'office', role: 'office' },
      body: { kind: 'adjust', notice, cityLevel: 'red', level: 'red' },
    };
    expect((await browse('POST', token, { seen })).text).toContain('红色预警·I级响应');
    expect(await acknowledgements(episodeId)).toMatchObject([{ data: { noticeIds: ['n1'] } }]);
    expect((await press(token)).text).toContain('已确认：');
    expect(await acknowledgements(episodeId)).toMatchObject([{}, { data: { noticeIds: ['n2'] } }]);
  });

  test('the same link acknowledges an adjustment anew', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    await press(token);
    const adjustment = { notice: noticeBody(app.now(), '调整二号'), cityLevel: 'orange' };
    await app.ask('POST', `/api/v1/episodes/${episodeId}/adjustments`, { as: 'office', body: adjustment });
    expect((await browse('GET', token)).text).toContain('橙色预警·Ⅱ级响应');
    expect((await press(token)).text).toContain('已确认：');
    expect(await acknowledgements(episodeId)).toHaveLength(2);
  });

  test('acknowledges the lifting, and tells whom to let resume (§3.1.5)', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    await press(token);
    const body = { notice: noticeBody(app.now(), '解除二号') };
    await app.ask('POST', `/api/v1/episodes/${episodeId}/lift`, { as: 'office', body });
    const shown = await browse('GET', token);
    expect(shown.text).toContain('请确认收到解除通知');
    expect(shown.text).not.toMatch(/你单位的任务|黄色预警|class="level/);
    const done = await browse('POST', token, { seen: seenIn(shown.text) });
    expect(done).toMatchObject({ status: 200, text: expect.stringContaining('恢复正常') });
    expect(done.text).toContain('解除二号');
    expect(await acknowledgements(episodeId)).toMatchObject([{}, { data: { noticeNumbers: ['解除二号'] } }]);
  });

  test('after a lifting that is not acknowledged does nothing and says so (§4.4)', async () => {
    const episodeId = await started({ drill: { timeScale: 1, policy: { liftingAcknowledgement: false } } });
    const token = await tokenFor(episodeId);
    const body = { notice: noticeBody(app.now(), '解除一号') };
    await app.ask('POST', `/api/v1/episodes/${episodeId}/lift`, { as: 'office', body });
    expect(await browse('GET', token)).toMatchObject({ status: 200, text: expect.stringContaining('预警已解除') });
    expect(await browse('POST', token)).toMatchObject({ status: 409, text: expect.stringContaining('预警已解除') });
    expect(await acknowledgements(episodeId)).toEqual([]);
  });

  test('of a drill that ended by itself says that nothing was lifted', async () => {
    const episodeId = await started({ drill: { timeScale: 1440 } });
    const token = await tokenFor(episodeId);
    await app.pass(ONE_HOUR);
    const { status, text } = await browse('GET', token);
    expect(status).toBe(200);
    expect(text).toContain('演练已自动结束');
    expect(text).not.toContain('预警已解除');
  });

  test('says that the outcome is unknown when the engine does not answer, and may be tapped again', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    isCut = true;
    const unknown = await press(token);
    expect(unknown.status).toBe(503);
    expect(unknown.headers.get('Retry-After')).toBe('5');
    expect(unknown.text).toContain('暂时不知道是否已确认，请稍后再点一次');
    const seen = seenIn(unknown.text);
    isCut = false;
    expect(await browse('POST', token, { seen })).toMatchObject({
      status: 200,
      text: expect.stringContaining('已确认：'),
    });
    expect(await acknowledgements(episodeId)).toHaveLength(1);
  });
});

describe('a link that is not genuine', () => {
  test('expired says what to do: 410', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId, {}, app.now());
    for (const method of ['GET', 'POST']) {
      const { status, text } = await browse(method, token);
      expect({ method, status }).toEqual({ method, status: 410 });
      expect(text).toContain('请登录系统确认，或致电区生态环境保护委员会办公室');
    }
    expect(await acknowledgements(episodeId)).toEqual([]);
  });

  test('is invalid for a unit that does not take part, or for no episode', async () => {
    const episodeId = await started();
    for (const token of [await tokenFor(episodeId, { unitId: 'nobody' }), await tokenFor('none')]) {
      expect(await browse('POST', token)).toMatchObject({ status: 404, text: expect.stringContaining('链接无效') });
    }
  });

  test('a body that is no form acknowledges nothing', async () => {
    const episodeId = await started();
    expect(await browse('POST', await tokenFor(episodeId), { seen: 'x'.repeat(20_000) })).toMatchObject({
      status: 413,
    });
    expect(await acknowledgements(episodeId)).toEqual([]);
  });

  test('is invalid when altered; guessing ends in 429, and genuine links go on working', async () => {
    const episodeId = await started();
    const token = await tokenFor(episodeId);
    const forged = Array.from({ length: 10 }, (_, i) => `${token.slice(0, -10)}${String(i).repeat(10)}`);
    for (const guess of forged) expect((await browse('POST', guess, { seen: 'n1' })).status).toBe(404);
    const locked = await browse('GET', forged[0]!);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await browse('GET', token.slice(0, -10))).status).toBe(404);
    expect(await acknowledgements(episodeId)).toEqual([]);
    expect((await press(token)).text).toContain('已确认：');
  });
});

describe('a link that was passed on', () => {
  const glued = ['。', '）', '】', '」请尽快确认', '%20', '&nbsp;', '%0A', '/', '?from=timeline', '%E3%80', '%'];
  let episodeId: string;
  beforeAll(async () => {
    episodeId = await started();
  });

  // One drill for all: each takes the link of another unit.
  test.each(glued.map((glue, i) => [glue, i] as const))(
    'with %j behind it is shown and acknowledges',
    async (glue, i) => {
      const { unitId } = app.edition.units[i]!;
      const address = `${await tokenFor(episodeId, { unitId })}${glue}`;
      expect(await press(address)).toMatchObject({ status: 200, text: expect.stringContaining('已确认：') });
      expect(await acknowledgements(episodeId, unitId)).toHaveLength(1);
    },
  );

  test('in capitals or cut by a line’s end is the same', async () => {
    const token = await tokenFor(await started());
    for (const address of [`/A/${token}`, `/a/${token.slice(0, 60)}%0D%0A${token.slice(60)}`]) {
      const response = await fetch(`${app.url}${address}`);
      expect({ status: response.status, page: await response.text() }).toEqual({
        status: 200,
        page: expect.stringContaining('确认收到</button>'),
      });
    }
  });

  test('broken shuts nobody out, however often it is tapped', async () => {
    const broken = (await tokenFor(await started())).slice(0, -3);
    for (const address of [`${broken}。`, broken, '%', '确认', ''])
      for (let tap = 1; tap <= 13; tap += 1)
        expect(await browse(tap % 2 ? 'GET' : 'POST', address)).toMatchObject({
          status: 404,
          text: expect.stringContaining('链接无效'),
        });
  });
});

test('no token is logged, however its address is written', async () => {
  const token = await tokenFor(await started({ drill }));
  for (const method of ['GET', 'POST', 'PUT']) await browse(method, token);
  await fetch(`${app.url}/A/${token}`);
  await fetch(`${app.url}//a/${token}`);
  await fetch(`${app.url}/a/${token}/`);
  const halves = [token.slice(0, 60), token.slice(60)];
  for (const glue of ['。', '%E3%80%82', '%20', '?from=timeline', '&nbsp;', '%'])
    await browse('GET', `${token}${glue}`);
  for (const gap of ['%0D%0A', '%20', '/', '%2F']) await browse('GET', halves.join(gap));
  await fetch(`${app.url}/A/%20${token}`);
  await fetch(`${app.url}/a%2F${token}`);
  await fetch(`${app.url}/A%2f${token.replace('.', '%2E')}`);
  expect(logged.filter((line) => line.includes('"request"') && line.includes('/a/…')).length).toBeGreaterThan(3);
  expect(logged.join('')).not.toContain(token.slice(0, 20));
  expect(logged.join('')).not.toContain(token.slice(-20));
});
