/**
 * Invariants of every life, judged from its entries alone and by other means than the core's. Each function returns the
 * faults that it finds.
 */
import { compareWarnings } from '../../plan/rules/levels.js';
import type { Entry, EntryKind } from '../entries.js';
import { GENESIS } from '../hash-chain.js';
import { abandonmentFaults } from './abandonment-invariants.js';
import { broadcastFaults } from './broadcast-invariants.js';
import { callFaults } from './call-invariants.js';
import { circularFaults } from './circular-invariants.js';
import { closingDeadlineFaults, noticeDeadlineFaults, taskDeadlineFaults } from './deadline-invariants.js';
import { of, time } from './entries-of.js';
import { heldFaults, quietFaults } from './level-invariants.js';
import { messageFaults, waitingFaults, withdrawnNoticeFaults } from './message-invariants.js';
import { effectFaults, endQuestionFaults, numberFaults } from './notice-invariants.js';
import { resendFaults, urgeFaults } from './person-invariants.js';
import { problemFaults } from './problem-invariants.js';
import { publicWordFaults } from './public-word-invariants.js';
import { explanationFaults, referralFaults, supervisorFaults } from './referral-invariants.js';
import { digestFaults, reportFaults } from './report-invariants.js';
import { restorationFaults } from './restoration-invariants.js';
import { stepFaults } from './step-invariants.js';
import { submissionFaults } from './submission-invariants.js';
import { suspensionFaults } from './suspension-invariants.js';
import { tasksTold } from './task-invariants.js';
import { textFaults } from './text-invariants.js';

export const lifeFaultsOf = (entries: readonly Entry[], now: number): string[] => [
  ...chainFaults(entries),
  ...orderFaults(entries),
  ...toldFaults(entries),
  ...noticeDeadlineFaults(entries, now),
  ...reportFaults(entries, now),
  ...closingDeadlineFaults(entries, now),
  ...taskDeadlineFaults(entries, now),
  ...tasksTold(entries).faults,
  ...stepFaults(entries),
  ...quietFaults(entries),
  ...heldFaults(entries),
  ...supervisorFaults(entries),
  ...referralFaults(entries),
  ...explanationFaults(entries),
  ...digestFaults(entries, now),
  ...problemFaults(entries),
  ...circularFaults(entries, now),
  ...submissionFaults(entries),
  ...textFaults(entries),
  ...broadcastFaults(entries),
  ...publicWordFaults(entries),
  ...messageFaults(entries),
  ...waitingFaults(entries),
  ...callFaults(entries),
  ...urgeFaults(entries),
  ...resendFaults(entries),
  ...withdrawnNoticeFaults(entries),
  ...abandonmentFaults(entries, now),
  ...numberFaults(entries),
  ...effectFaults(entries, now),
  ...endQuestionFaults(entries, now),
  ...suspensionFaults(entries, now),
  ...restorationFaults(entries),
];

/** Numbers and links; that each hash is that of its entry has a test of its own. */
function chainFaults(entries: readonly Entry[]): string[] {
  return entries.flatMap((entry, i) => {
    const good = entry.seq === i + 1 && entry.previousHash === (entries[i - 1]?.hash ?? GENESIS);
    return good ? [] : [`entry ${i + 1} breaks the chain`];
  });
}

const CLOSING: EntryKind[] = ['follow-up.submitted', 'review.published', 'episode.closed'];
const WITH_RESPONSE: EntryKind[] = ['warning.issued', 'response.started', 'response.ended', ...CLOSING];
const WITHOUT_RESPONSE: EntryKind[] = ['warning.issued', 'response.cancelled', ...CLOSING];
const PHASE_ENTRIES = [...new Set([...WITH_RESPONSE, ...WITHOUT_RESPONSE])];

function orderFaults(entries: readonly Entry[]): string[] {
  const faults: string[] = [];
  entries.forEach((entry, i) => {
    const before = entries[i - 1];
    if (before && time(entry.episodeTime) < time(before.episodeTime)) faults.push(`${entry.seq} runs back in time`);
    if (before?.kind === 'episode.closed') faults.push(`${entry.seq} after the seal`);
  });
  // A lifting may be noticed before anything takes effect; what the phases come from keeps its order otherwise.
  const expected = of(entries, 'response.cancelled').length > 0 ? WITHOUT_RESPONSE : WITH_RESPONSE;
  const isAbandoned = of(entries, 'drill.abandoned').length > 0;
  of(entries, ...PHASE_ENTRIES).forEach(({ kind }, i) => {
    if (kind === 'episode.closed' && isAbandoned) return;
    if (kind !== expected[i]) faults.push(`phase entry ${kind} at place ${i}`);
  });
  for (const { data, seq } of of(entries, 'warning.issued', 'level.adjusted')) {
    if (compareWarnings(data.level, data.cityLevel) < 0) faults.push(`${seq} is below the city's level`);
  }
  return faults;
}

/** Every unit is told of every notice, once; one that joins, of those it finds. */
function toldFaults(entries: readonly Entry[]): string[] {
  const all = of(entries, 'unit.notified');
  return of(entries, 'warning.issued', 'level.adjusted', 'warning.lifted').flatMap(({ seq, data: { noticeId } }) => {
    const joined = new Map(of(entries, 'unit.added').map((entry) => [entry.unitId, entry.seq]));
    const told = all.filter(({ data }) => data.noticeId === noticeId).map(({ unitId }) => unitId);
    const units = [...new Set(all.map(({ unitId }) => unitId))];
    const missing = units.filter((unitId) => (joined.get(unitId) ?? 0) < seq && !told.includes(unitId));
    return [
      ...missing.map((unitId) => `${unitId} is not told of ${noticeId}`),
      ...(new Set(told).size < told.length ? [`units are told of ${noticeId} twice`] : []),
    ];
  });
}
