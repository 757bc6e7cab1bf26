/** A drill that office and units play over HTTP as fast as they are answered, and checks of its record. */
import { expect } from '@jest/globals';
import type { Entry } from '../../episode/entries.js';
import { hashOf } from '../../episode/hash-chain.js';
import type { Phase } from '../../episode/state-types.js';
import { lifeFaultsOf } from '../../episode/testing/invariants.js';
import { eventually } from '../../lib/testing/eventually.js';
import type { WarningLevel } from '../../plan/types.js';
import type { HttpLine } from './bad-line.js';
import { type AcceptedCommand, type Person, signInPerson } from './person.js';

export interface Cast {
  office: Person;
  units: Person[];
  /** Every command that was accepted, of all of them. */
  journal: AcceptedCommand[];
}

interface Account {
  username: string;
  password: string;
  role: string;
}

/** The office and every unit; a unit's account is named after it. */
export const signInAll = async (address: string, accounts: readonly Account[], line?: HttpLine): Promise<Cast> => {
  const journal: AcceptedCommand[] = [];
  const people = (role: string) =>
    Promise.all(
      accounts
        .filter((account) => account.role === role)
        .map((account) => signInPerson(address, account, journal, line)),
    );
  const [[office], units] = await Promise.all([people('office'), people('unit')]);
  return { office: office!, units, journal };
};

interface EpisodeAnswer {
  episodeId: string;
  phase: Phase;
  episodeTime: string;
}

const BEGINNING = '2015-11-27T14:00:00.000+08:00';

/** Deadlines that people who act at once keep on a quiet machine, and an outage does not. */
export const HOUR_A_SECOND = {
  timeScale: 3600,
  policy: {
    acknowledgementMinutes: 600,
    implementationReportMinutes: 1200,
    dailyReportTime: '12:00',
    followUpReportHours: 24,
    summaryHours: 24,
    reviewHours: 48,
  },
};

let notices = 0;
const noticeAt = (issuedAt: string) => {
  notices += 1;
  return { number: `演练〔2015〕${notices}号`, issuer: '市生态环境保护委员会办公室', issuedAt };
};

/** Starts a drill at yellow. Answers its path below `/api/v1`. */
export const startDrill = async (office: Person, drill: object = HOUR_A_SECOND): Promise<string> => {
  const start = { notice: noticeAt(BEGINNING), cityLevel: 'yellow', primaryPollutant: 'PM2.5', drill };
  const { body } = await office.command('POST', '/episodes', start);
  return `/episodes/${String(body.episodeId)}`;
};

/** Starts a real episode at yellow. Answers its path below `/api/v1`. */
export const startReal = async (office: Person): Promise<string> => {
  const notice = noticeAt(new Date().toISOString());
  const { body } = await office.command('POST', '/episodes', {
    notice,
    cityLevel: 'yellow',
    primaryPollutant: 'PM2.5',
  });
  return `/episodes/${String(body.episodeId)}`;
};

const noticeNow = async (office: Person, episode: string) =>
  noticeAt((await office.get<EpisodeAnswer>(episode)).episodeTime);

export const adjustDrillTo = async (office: Person, episode: string, cityLevel: WarningLevel) =>
  office.command('POST', `${episode}/adjustments`, { notice: await noticeNow(office, episode), cityLevel });

export const liftDrill = async (office: Person, episode: string) =>
  office.command('POST', `${episode}/lift`, { notice: await noticeNow(office, episode) });

interface UnitPage {
  figures: Array<{ id: string }>;
  tasks: Array<{ taskId: string; status: string }>;
  dailyReports: Array<{ date: string; status: string }>;
}

/**
 * All units at once: each acknowledges, completes a task, reports the days that are over, and twice the measures in
 * effect.
 */
export const everyUnitActs = ({ units }: Cast, episode: string, occasion: string) =>
  Promise.all(
    units.map(async (unit) => {
      const own = `${episode}/units/${unit.username}`;
      const put = (n: number) =>
        unit.command('POST', `${own}/implementation-reports`, { text: `${unit.username}：${occasion}，第${n}次` });
      await unit.command('POST', `${own}/acknowledgement`);
      await put(1);
      const { tasks, dailyReports, figures } = await unit.get<UnitPage>(own);
      const [task] = tasks.filter(({ status }) => status === 'open');
      if (task) await unit.command('POST', `${own}/tasks/${task.taskId}/completion`, { note: occasion });
      for (const { date } of dailyReports.filter(({ status }) => status === 'pending' || status === 'missed')) {
        await unit.command('PUT', `${own}/daily-reports/${date}`, {
          text: `${date}正常`,
          figures: Object.fromEntries(figures.map(({ id }) => [id, 3])),
        });
      }
      await put(2);
    }),
  );

export const everyUnitSumsUp = ({ units }: Cast, episode: string) =>
  Promise.all(
    units.map((unit) =>
      unit.command('PUT', `${episode}/units/${unit.username}/summary`, {
        work: '工作',
        lessons: '经验',
        shortcomings: '不足',
        proposals: '建议',
      }),
    ),
  );

/** Follow-up report, review and its publication, until the record is sealed (§5.1, §5.2). `asked`: more of the review. */
export const finish = async (office: Person, episode: string, asked: object = {}): Promise<void> => {
  await office.command('POST', `${episode}/follow-up-report/submission`);
  await office.command('PUT', `${episode}/review`, {
    conclusions: '响应有效',
    planRevisionNeeded: false,
    ...asked,
  });
  await office.command('POST', `${episode}/review/publication`);
  await eventually(
    'the record sealed',
    () => office.get<EpisodeAnswer>(episode),
    ({ phase }) => phase === 'closed',
  );
};

export const historyOf = async (reader: Person, episode: string): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for (let cursor = ''; ; ) {
    const page = await reader.get<{ items: Entry[]; nextCursor?: string }>(`${episode}/history?limit=200${cursor}`);
    entries.push(...page.items);
    if (page.nextCursor === undefined) return entries;
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`;
  }
};

/**
 * Checks that every answered command is in the ledger as answered and no other is, that every deadline has one outcome,
 * and that the chain holds. Answers the history.
 */
export const expectSoundRecord = async ({ office, journal }: Cast, episode: string): Promise<Entry[]> => {
  const { episodeTime } = await office.get<EpisodeAnswer>(episode);
  const entries = await historyOf(office, episode);
  const answered = journal.map(({ entry }) => entry);
  expect(answered.map(({ seq }) => partOf(entries[seq - 1]))).toEqual(answered);
  // Only first entries of people's commands were answered.
  const byUnits = entries.filter(({ actor }) => actor.role === 'unit').map(({ seq }) => seq);
  const answeredToUnits = journal.filter(({ person }) => person !== office).map(({ entry }) => entry.seq);
  expect(byUnits).toEqual([...new Set(answeredToUnits)].sort((a, b) => a - b));
  for (const { hash, ...entry } of entries) expect(hashOf(entry)).toBe(hash);
  expect(lifeFaultsOf(entries, Date.parse(episodeTime))).toEqual([]);
  expect(await office.get(`${episode}/history/verification`)).toMatchObject({ valid: true, entries: entries.length });
  return entries;
};

const partOf = (entry: Entry | undefined) =>
  entry && {
    seq: entry.seq,
    at: entry.at,
    episodeTime: entry.episodeTime,
    kind: entry.kind,
    hash: entry.hash,
  };

/**
 * Checks that every repeat is answered by the first entry, however long ago it was. Leaves out commands that made none:
 * a second acknowledgement was answered by the first one's entry.
 */
export const expectSameAnswersAgain = async (journal: readonly AcceptedCommand[]): Promise<void> => {
  const made = new Map([...journal].reverse().map((accepted) => [accepted.entry.seq, accepted]));
  for (const { person, request, entry } of made.values()) {
    expect(await person.insist(request)).toMatchObject({ status: 200, body: { entry } });
  }
};
