/** What the form of a notice holds, and the command that it makes. */
import type { Schemas } from '../../shared/api.js';
import { beijingDay, fromWallTime, timeOfDay, wallTimeOf } from '../../shared/beijing.js';
import { noticeTexts } from '../../texts/zh-CN/notices.js';
import { onlyGiven } from '../acts/only-given.js';

export type NoticeAct = 'start' | 'drill' | 'adjust' | 'lift';

type Level = Schemas['WarningLevel'];

/** Fields as they are typed; empty ones are left out of the command. */
export interface NoticeDraft {
  number: string;
  receivedBy: 'document' | 'telephone' | 'message';
  receivedFrom: string;
  receivedAt: string;
  issuer: string;
  issuedAt: string;
  effectiveAt: string;
  basis: 'city' | 'region' | 'own';
  text: string;
  ownNumber: string;
  ownTitle: string;
  cityLevel: Level;
  /** Empty: the city's. */
  level: Level | '';
  reason: string;
  pollutant: string;
  extent: string;
  affectedArea: string;
  danger: string;
  advice: string;
  end: 'keep' | 'set' | 'open';
  expectedEndAt: string;
  timeScale: string;
  aqiFrom: string;
  aqiUntil: string;
  forecastFrom: string;
  forecastUntil: string;
  forecastText: string;
  attachments: ReadonlyArray<{ attachmentId: string; name: string }>;
  /** A drill's own times, by the policy's name; what is empty stays as it is. */
  policy: Readonly<Partial<Record<DrillTime, string>>>;
}

/** The policy's times that a drill may shorten: `clock` is a time of day, the others are counted. */
export const DRILL_TIMES = {
  acknowledgementMinutes: 'minutes',
  implementationReportMinutes: 'minutes',
  liftingAcknowledgement: 'minutes',
  dailyReportTime: 'clock',
  digestTime: 'clock',
  digestSubmissionTime: 'clock',
  followUpReportHours: 'hours',
  summaryHours: 'hours',
  reviewHours: 'hours',
} as const;
export type DrillTime = keyof typeof DRILL_TIMES;

export interface NoticeFieldsProps {
  act: NoticeAct;
  draft: NoticeDraft;
  set: (changes: Partial<NoticeDraft>) => void;
  /** The server's words, by its names of the fields. */
  wrong: Record<string, string>;
  /** The present on the clock of the episode. */
  now: () => number;
  /** Times are those of a drill under way. */
  isDrillTime: boolean;
}

export function emptyNotice(act: NoticeAct, cityLevel: Level, now: number): NoticeDraft {
  const isDrill = act === 'drill';
  return {
    number: isDrill ? noticeTexts.drillNumber(beijingDay(now), timeOfDay(now)) : '',
    receivedBy: 'document',
    receivedFrom: '',
    receivedAt: '',
    issuer: noticeTexts.cityOffice,
    issuedAt: isDrill ? wallTimeOf(now) : '',
    effectiveAt: '',
    basis: 'city',
    text: '',
    ownNumber: '',
    ownTitle: '',
    cityLevel,
    level: '',
    reason: '',
    pollutant: 'PM2.5',
    extent: '',
    affectedArea: '',
    danger: '',
    advice: '',
    end: act === 'adjust' ? 'keep' : 'set',
    expectedEndAt: '',
    timeScale: '60',
    aqiFrom: '',
    aqiUntil: '',
    forecastFrom: '',
    forecastUntil: '',
    forecastText: '',
    attachments: [],
    policy: {},
  };
}

const instants = <K extends string>(values: Record<K, string>) => {
  const typed = Object.entries(onlyGiven(values) as Record<string, string>).map(([name, value]) => [
    name,
    fromWallTime(value),
  ]);
  return Object.fromEntries(typed) as Partial<Record<K, string>>;
};

/** One number alone is both ends of the index. */
function forecastIn({ aqiFrom, aqiUntil, forecastFrom, forecastUntil, forecastText }: NoticeDraft) {
  const aqi: [number, number] = [Number(aqiFrom || aqiUntil), Number(aqiUntil || aqiFrom)];
  return {
    ...(`${aqiFrom}${aqiUntil}` !== '' && { aqi }),
    ...instants({ from: forecastFrom, until: forecastUntil }),
    ...onlyGiven({ text: forecastText }),
  };
}

const hasOwnTimes = ({ policy }: NoticeDraft): boolean => Object.values(policy).some((typed) => typed !== '');

function policyIn({ policy }: NoticeDraft) {
  const typed = Object.entries(onlyGiven({ ...policy } as Record<DrillTime, string>));
  return Object.fromEntries(
    typed.map(([name, value]) => [name, DRILL_TIMES[name as DrillTime] === 'clock' ? value : Number(value)]),
  );
}

function noticeIn(draft: NoticeDraft): Schemas['LiftRequest']['notice'] {
  const { receivedBy, receivedFrom, receivedAt, ownNumber, ownTitle } = draft;
  const own = onlyGiven({ number: ownNumber, title: ownTitle });
  const forecast = forecastIn(draft);
  const { number, issuer, text } = draft;
  return {
    issuer,
    basis: draft.basis,
    issuedAt: fromWallTime(draft.issuedAt),
    ...onlyGiven({ number, text }),
    ...instants({ effectiveAt: draft.effectiveAt }),
    ...(receivedBy !== 'document' && {
      received: { by: receivedBy, ...onlyGiven({ from: receivedFrom }), ...instants({ at: receivedAt }) },
    }),
    ...(Object.keys(own).length > 0 && { ownNotice: own }),
    ...(Object.keys(forecast).length > 0 && { forecast }),
    ...(draft.attachments.length > 0 && { attachmentIds: draft.attachments.map(({ attachmentId }) => attachmentId) }),
  };
}

const levelsIn = ({ cityLevel, level, reason }: NoticeDraft) => ({
  cityLevel,
  ...(level !== '' && { level }),
  ...onlyGiven({ reason }),
});

export const liftBody = (draft: NoticeDraft): Schemas['LiftRequest'] => ({ notice: noticeIn(draft) });

export const adjustBody = (draft: NoticeDraft): Schemas['AdjustRequest'] => ({
  notice: noticeIn(draft),
  ...levelsIn(draft),
  ...(draft.end === 'open' && { expectedEndAt: null }),
  ...(draft.end === 'set' && instants({ expectedEndAt: draft.expectedEndAt })),
});

export function startingBody(draft: NoticeDraft, isDrill: boolean): Schemas['StartRequest'] {
  const { pollutant, extent, affectedArea, danger, advice } = draft;
  return {
    notice: noticeIn(draft),
    ...levelsIn(draft),
    primaryPollutant: pollutant,
    ...onlyGiven({ extent, affectedArea, danger, advice }),
    ...instants({ expectedEndAt: draft.expectedEndAt }),
    ...(isDrill && {
      drill: { timeScale: Number(draft.timeScale), ...(hasOwnTimes(draft) && { policy: policyIn(draft) }) },
    }),
  };
}
