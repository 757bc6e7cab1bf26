/** Drives the pure core as the engine would: turns at due moments, messages answered, time passing. */
import { clause, type Rule, type Rules } from '../../plan/rules/clauses.js';
import type { Binding, ChainStep, PolicyValues, TaskItem, WarningLevel, Ways, Whom } from '../../plan/types.js';
import { episodeTimeAt, realTimeOf } from '../clock.js';
import type { Actor, Command, CommandBody, DeliveryResult, Outcome } from '../commands.js';
import { due, isHandOverDue } from '../due.js';
import type { Entry, EntryKind } from '../entries.js';
import { readyMessages } from '../message-order.js';
import { begin, RULES_VERSION } from '../state.js';
import type { EpisodeState, Message } from '../state-types.js';
import { takeTurn } from '../turn.js';

const item = (id: string, fields: Partial<TaskItem>): TaskItem => ({
  id,
  clause: clause('4.3'),
  levels: ['III'],
  category: 'mandatory',
  units: ['education', 'street-a', 'street-b'],
  replaces: [],
  ...fields,
});

const ways: Ways = [['sms', 'email']];
const step = (after: number, to: Whom, repeat?: ChainStep['repeat']): ChainStep => ({
  after,
  to,
  ways,
  ...(repeat ? { repeat } : {}),
});

/** Short chains that have every case: reminders, several at once, a repetition, the top. */
export const policy: PolicyValues = {
  noticeAheadHours: 72,
  acknowledgementMinutes: 30,
  liftingAcknowledgement: false,
  circularAcknowledgementMinutes: 240,
  implementationReportMinutes: 240,
  dailyReportTime: '10:00',
  followUpReportHours: 24,
  summaryHours: 72,
  reviewHours: 168,
  workdayEnd: '19:00',
  endQuestionBeforeHours: 2,
  endQuestionAgainHours: 12,
  digestTime: '10:30',
  digestSubmissionTime: '14:00',
  abandonedDrillDays: 31,
  urgeAgainMinutes: 15,
  broadcastEveryMinutes: 120,
  carriedOverDays: { problem: 15, circular: 7, referral: 30 },
  revisionReminders: { aheadDays: 3, againDays: 7, quiet: { from: '22:00', until: '09:00' } },
  quiet: { from: '22:00', until: '09:00', moves: [] },
  noticeWays: [['sms'], ['email']],
  leadNoticeWays: [['sms'], ['email']],
  chains: {
    acknowledgement: [
      step(-10, 'duty'),
      step(0, 'duty'),
      step(0, 'lead'),
      step(0, 'office'),
      step(30, 'committee', { every: 30, times: 1 }),
      step(120, 'lead'),
    ],
    lifting: [step(-30, 'duty')],
    implementation: [step(-30, 'duty'), step(0, 'lead'), step(0, 'office')],
    task: [step(-60, 'duty'), step(0, 'lead'), step(0, 'office')],
    report: [step(-60, 'duty'), step(0, 'duty'), step(0, 'office'), step(240, 'lead')],
    summary: [step(-1440, 'duty'), step(0, 'lead'), step(0, 'office'), step(1440, 'committee')],
    circular: [step(-60, 'duty'), step(0, 'lead'), step(0, 'office')],
    measures: [step(-60, 'duty'), step(0, 'lead'), step(0, 'office')],
    'follow-up': [step(-60, 'office'), step(0, 'office'), step(60, 'committee')],
    review: [step(0, 'office')],
  },
  dailyFigures: {
    department: [{ id: 'sitesInspected', name: '检查工地', unit: '个次' }],
    street: [{ id: 'sweepsAdded', name: '增加清扫', unit: '次' }],
  },
};

/** Of an edition without words: its content is `{}`. */
export const WORDLESS_EDITION = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

/** Clauses as the shipped edition has them. */
export const rules = Object.fromEntries(
  Object.entries({
    scope: '1.3',
    units: '2.2',
    starts: '3.1.2',
    neverBelow: '3.1.2',
    acknowledgement: '3.1.3',
    adjusts: '3.1.5',
    lifts: '3.1.5',
    publishes: '3.1.4',
    statements: '5.2',
    suspends: '3.1.5',
    levels: '4.1',
    implementation: '4.2',
    tasks: '4.3',
    stricter: '4.3',
    regional: '4.3.4.5',
    evaluation: '4.3.4.5',
    ends: '4.4',
    daily: '5.1',
    followUp: '5.1',
    summary: '5.2',
    review: '5.2',
    reachable: '6.6',
    referral: '7',
    circulars: '5.1',
    ownCirculars: '7',
  } satisfies Record<Rule, string>).map(([rule, printed]) => [rule, clause(printed)]),
) as Rules;

/** A small edition: a department and two streets, every kind of succession. */
export const binding: Binding = {
  editionId: 'small',
  editionHash: WORDLESS_EDITION,
  units: [
    { unitId: 'education', name: '区教育局', kind: 'department', aliases: [] },
    { unitId: 'street-a', name: '甲街道办事处', kind: 'street', aliases: [] },
    { unitId: 'street-b', name: '乙街道办事处', kind: 'street', aliases: [] },
  ],
  items: [
    item('dust-iii', {}),
    item('dust-ii', { levels: ['II'], replaces: [{ id: 'dust-iii', as: 'tightened' }] }),
    item('dust-i', { levels: ['I'], replaces: [{ id: 'dust-ii', as: 'continued' }] }),
    item('small-iii', { units: ['street-a'] }),
    item('duty', { levels: ['III', 'II', 'I'], category: 'duty' }),
  ],
  notApplicable: [],
  holidays: { off: [], worked: [] },
  noticeBases: ['city', 'region'],
  rules,
  policy,
  rulesVersion: RULES_VERSION,
};

export const OFFICE: Actor = { accountId: 'office', role: 'office' };
const POST: Actor = { accountId: 'system', role: 'system' };

/** Milliseconds of `2015-11-27 14:00`, Beijing. */
export const at = (text: string): number => Date.parse(`${text.replace(' ', 'T')}:00+08:00`);
export const iso = (text: string): string => `${text.replace(' ', 'T')}:00+08:00`;

export const noticeOfLife = (number: string, issued: string, effective = issued) => ({
  number,
  issuer: '乌鲁木齐市生态环境保护委员会办公室',
  issuedAt: iso(issued),
  effectiveAt: iso(effective),
});

export const startOf = (issued: string, level: WarningLevel = 'yellow', effective = issued): CommandBody => ({
  kind: 'start',
  notice: noticeOfLife('N1', issued, effective),
  cityLevel: level,
  level,
  primaryPollutant: 'PM2.5',
});
export const adjustOf = (number: string, issued: string, level: WarningLevel, effective = issued): CommandBody => ({
  kind: 'adjust',
  notice: noticeOfLife(number, issued, effective),
  cityLevel: level,
  level,
});
export const liftOf = (issued: string, effective = issued): CommandBody => ({
  kind: 'lift',
  notice: noticeOfLife('NL', issued, effective),
});

const bodies: { [K in 'report' | 'summary']: CommandBody } = {
  report: { kind: 'submitDailyReport', unitId: 'education', date: '', content: { text: '正常', figures: {} } },
  summary: {
    kind: 'submitSummary',
    unitId: 'education',
    content: { work: '工作', lessons: '经验', shortcomings: '不足', proposals: '建议' },
  },
};
export const reportOf = (unitId: string, date: string, text = '正常'): CommandBody =>
  ({ ...bodies.report, unitId, date, content: { text, figures: {} } }) as CommandBody;
export const summaryOf = (unitId: string): CommandBody => ({ ...bodies.summary, unitId }) as CommandBody;

/** The outcome of a message at a real moment; `under way` until the next command has been carried out, then `isBack`. */
export type Post = (message: Message, now: number, isBack: boolean) => DeliveryResult[] | 'under way';

export const taken = (_message?: unknown): DeliveryResult[] => [
  { contact: 'liaison', contactHash: 'h', channel: 'email', outcome: 'taken' },
];

/** One life of one episode. Times given are real; a drill's own are read off its entries. */
export class Life {
  state: EpisodeState;
  readonly entries: Entry[] = [];
  private commands = 0;
  /** The last real moment at which anything was looked at. */
  private now = 0;
  readonly underWay = new Map<string, Message>();
  /** As an engine does by itself. */
  handsOver = true;

  constructor(
    private readonly edition: Binding = binding,
    private readonly post: Post = taken,
    /** Milliseconds: an engine's timer rings after its moment, so that what is due a millisecond later is due with it. */
    private readonly ringsLate = 0,
  ) {
    this.state = begin('e1', this.edition);
  }

  /** Lets time pass to `now`, then submits the commands together; the outcomes in order. */
  submit(now: number, bodies: CommandBody[], actor: Actor = OFFICE): Outcome[] {
    this.pass(now - 1);
    const outcomes = this.take(
      now,
      bodies.map((body) => this.command(body, actor)),
    );
    this.comeBack(now);
    this.deliver(now);
    this.handOver(now);
    return outcomes;
  }

  do(when: string, body: CommandBody, actor: Actor = OFFICE): Outcome {
    return this.submit(at(when), [body], actor)[0]!;
  }

  /** Takes every turn that falls due up to and including a real moment. */
  pass(until: number): void {
    for (let turns = 0; ; turns += 1) {
      if (turns > 5_000) throw new Error('time does not pass: something stays due');
      const now = Math.max(this.now, this.state.head.at);
      const isHeld = ({ key }: Message) => this.underWay.has(key);
      const next = due(this.state, episodeTimeAt(this.state.clock, now), isHeld, this.underWay.size === 0);
      if (next === undefined) return;
      const real = Math.max(realTimeOf(this.state.clock, next) + this.ringsLate, now);
      if (real > until) return;
      this.take(real, []);
      this.deliver(real);
      this.handOver(real);
    }
  }

  passTo(when: string): void {
    this.pass(at(when));
  }

  command(body: CommandBody, actor: Actor = OFFICE): Command {
    this.commands += 1;
    return { commandId: `c${this.commands}`, bodyHash: `b${this.commands}`, actor, body };
  }

  take(now: number, commands: Command[]): Outcome[] {
    this.now = Math.max(this.now, now);
    const turn = takeTurn(this.state, commands, now, [...this.underWay.keys()]);
    this.state = turn.state;
    this.entries.push(...turn.entries);
    return turn.outcomes;
  }

  /** Hands out the messages that may go, and records their outcomes at once. */
  private deliver(now: number): void {
    const ready = readyMessages(this.state, episodeTimeAt(this.state.clock, now)).filter(
      ({ key }) => !this.underWay.has(key),
    );
    this.record(now, ready);
  }

  /** The district's chain takes what goes on after the episode. */
  private handOver(now: number): void {
    if (this.handsOver && isHandOverDue(this.state)) this.take(now, [this.command({ kind: 'recordHandOver' }, POST)]);
  }

  /** The messages that were under way have arrived. */
  comeBack(now: number): void {
    const back = [...this.underWay.values()];
    this.underWay.clear();
    this.record(now, back, true);
  }

  private record(now: number, messages: Message[], isBack = false): void {
    const results = messages.flatMap((message) => {
      const fate = this.post(message, now, isBack);
      const deliveries = isBack && fate === 'under way' ? taken() : fate;
      if (deliveries !== 'under way') return [{ message: message.key, deliveries }];
      this.underWay.set(message.key, message);
      return [];
    });
    if (results.length > 0) this.take(now, [this.command({ kind: 'recordDeliveries', results }, POST)]);
  }

  of<K extends EntryKind>(kind: K): Array<Extract<Entry, { kind: K }>> {
    return this.entries.filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind);
  }
}
