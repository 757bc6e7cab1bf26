/**
 * `npm run demo [-- --keep]`: office and units play a drill on a real timeline over HTTP. It is narrated and judged.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  adjustLevel,
  castOf,
  drillStartBody,
  issueTexts,
  liftAtEnd,
  numberStart,
  playUnit,
  reviewDrill,
  ringAtNight,
  type Stage,
  sendDays,
  sendFollowUp,
} from './cast.js';
import { type Client, signInAs } from './client.js';
import { EpisodeClock } from './episode-clock.js';
import { type Board, boardRows, judge, type RecordedLife } from './judge.js';
import { narrate } from './narrator.js';
import { type DemoProgram, firstAccounts, type HandedAccount, startDemoProgram } from './program.js';
import { tableLines } from './table.js';
import { readTimeline } from './timeline.js';

const LIMIT_SECONDS = 230;
const keep = process.argv.includes('--keep');
const timeline = readTimeline(new URL('./timeline-beijing-2015.yaml', import.meta.url));

interface Episode {
  episodeId: string;
  phase: string;
  episodeTime: string;
  timeScale: number;
}

const folder = await mkdtemp(join(tmpdir(), 'qingkong-demo-'));
let program: DemoProgram | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void program?.stop());
try {
  console.log('正在启动程序……');
  program = await startDemoProgram(folder);
  const ok = await Promise.race([play(program), tooLong()]);
  process.exitCode = ok ? 0 : 1;
  if (keep) {
    console.log('程序仍在运行，按 Ctrl-C 结束。');
    await program.ended;
  }
} catch (error) {
  console.error(`演练未能完成：${(error as Error).message}`);
  process.exitCode = 1;
} finally {
  await program?.stop();
  if (keep || process.exitCode === 1) console.log(`数据和日志保留在 ${folder}`);
  else await rm(folder, { recursive: true, force: true });
}

// Timers for later moments of the drill would keep the process alive.
process.exit();

async function tooLong(): Promise<never> {
  await pause(LIMIT_SECONDS * 1000);
  throw new Error(`${LIMIT_SECONDS}秒内没有结束。`);
}

async function play({ address, folder }: DemoProgram): Promise<boolean> {
  const accounts = await firstAccounts(folder);
  const signedIn = (account: HandedAccount) => signInAs(address, account.username, account.password);
  const byRole = (role: string) => signedIn(accounts.find((account) => account.role === role)!);
  const [office, supervisor] = await Promise.all([byRole('office'), byRole('supervisor')]);
  const cast = castOf((await office.get<{ items: UnitName[] }>('/units?limit=200')).items);
  const nameOf = (unitId: string) => cast.find((member) => member.unitId === unitId)?.name ?? unitId;
  const players = await Promise.all(
    cast.map(async (member) => ({
      member,
      client: await signedIn(accounts.find(({ role, unitId }) => role === 'unit' && unitId === member.unitId)!),
    })),
  );
  const { drill, notices } = timeline;
  console.log(`演练开始：${cast.length}个单位，1秒合${drill.timeScale / 60}分钟，${notices.start.issuedAt}起。`);

  const started = await office.post<Episode>('/episodes', drillStartBody(timeline));
  const episode = `/episodes/${started.episodeId}`;
  const clock = EpisodeClock.readOff(started);
  const stage: Stage = { episode, clock, timeline, adjusted: Promise.resolve(), lifted: Promise.resolve() };
  const ringing = Promise.all([ringAtNight(office, cast, stage), numberStart(office, stage)]);
  stage.adjusted = ringing.then(() => adjustLevel(office, stage));
  stage.lifted = stage.adjusted.then(() => liftAtEnd(office, stage));
  const units = Promise.all(players.map(({ client, member }) => playUnit(client, member, stage)));
  const reported = stage.lifted.then(() => sendFollowUp(office, stage));
  const days = sendDays(office, stage);
  const texts = issueTexts(office, stage);
  // The office reviews once the late unit's summary has come too.
  const reviewed = Promise.all([reported, days, texts, units]).then(() => reviewDrill(office, stage));
  await Promise.all([narrate(supervisor, episode, nameOf, console.log), reviewed]);

  const ending = await endingOf(supervisor, episode);
  for (const line of ['', ...tableLines(boardRows(ending.board)), '']) console.log(line);
  const checks = judge(cast, ending);
  for (const { what, ok } of checks) console.log(`${ok ? '✓' : '✗'} ${what}`);
  console.log(
    keep
      ? `接口：${address}/docs，${address}/api/v1${episode}；邮件：${join(folder, 'outbox')}；账号：${join(folder, 'first-accounts.csv')}`
      : '要留下程序和数据来查看接口、台账和邮件，请运行 npm run demo -- --keep。',
  );
  return checks.every(({ ok }) => ok);
}

interface UnitName {
  unitId: string;
  name: string;
  kind: string;
}

async function endingOf(supervisor: Client, episode: string): Promise<RecordedLife> {
  const [{ phase }, board, verification, digests, texts, followUp, reviewed, accountability, escalations, calls, told] =
    await Promise.all([
      supervisor.get<Episode>(episode),
      supervisor.get<Board>(`${episode}/board`),
      supervisor.get<RecordedLife['verification']>(`${episode}/history/verification`),
      supervisor.get<RecordedLife['digests']>(`${episode}/digests`),
      supervisor.get<RecordedLife['texts']>(`${episode}/texts`),
      supervisor.get<RecordedLife['followUp']>(`${episode}/follow-up-report`),
      supervisor.get<RecordedLife['review']>(`${episode}/review`),
      supervisor.get<RecordedLife['accountability']>(`${episode}/accountability`),
      entriesOf<RecordedLife['escalations'][number]>(supervisor, episode, 'deadline.escalated'),
      entriesOf<RecordedLife['calls'][number]>(supervisor, episode, 'unit.called'),
      entriesOf<RecordedLife['told'][number]>(supervisor, episode, 'unit.notified'),
    ]);
  return {
    phase,
    board,
    verification,
    digests,
    texts,
    followUp,
    review: reviewed,
    accountability,
    escalations,
    calls,
    told,
  };
}

async function entriesOf<T>(supervisor: Client, episode: string, kind: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const query = new URLSearchParams({ kind, limit: '200', ...(cursor ? { cursor } : {}) });
    const page: { items: T[]; nextCursor?: string } = await supervisor.get(`${episode}/history?${query}`);
    items.push(...page.items);
    cursor = page.nextCursor;
  }
  return items;
}
