/** Invariants of problems in daily reports, judged from the entries alone. */
import type { Entry } from '../entries.js';
import { of } from './entries-of.js';

/** The problems that a record leaves open, by unit. */
export function openInRecord(entries: readonly Entry[]): Set<string> {
  const known = new Set<string>();
  /** By unit and day, the problems that the report in force says were put right. */
  const reports = new Map<string, string[]>();
  for (const { unitId, data } of of(entries, 'report.submitted', 'report.corrected')) {
    for (const { problemId } of data.content.problems ?? []) known.add(`${unitId} ${problemId}`);
    const right = data.content.problems?.filter(({ resolvedAt }) => resolvedAt !== undefined);
    // One that is silent about problems leaves standing what the report before it said.
    if (right)
      reports.set(
        `${unitId} ${data.date}`,
        right.map(({ problemId }) => `${unitId} ${problemId}`),
      );
  }
  for (const id of [...reports.values()].flat()) known.delete(id);
  for (const { unitId, data } of of(entries, 'problem.settled')) known.delete(`${unitId} ${data.problemId}`);
  return known;
}

/**
 * Ids are given in order and belong to one unit. A report names none twice. A problem gets no new id while one of the same
 * words is open, as no report here tells them twice. What is put right was open.
 */
export function problemFaults(entries: readonly Entry[]): string[] {
  const owners = new Map<string, string>();
  const words = new Map<string, string>();
  return of(entries, 'report.submitted', 'report.corrected', 'problem.settled').flatMap((entry) => {
    const { seq, unitId } = entry;
    if (entry.kind === 'problem.settled') {
      const isOpen = openInRecord(entries.slice(0, seq - 1)).has(`${unitId} ${entry.data.problemId}`);
      return isOpen ? [] : [`${seq} puts ${entry.data.problemId} right, which is not open`];
    }
    const faults: string[] = [];
    const problems = entry.data.content.problems ?? [];
    const open = [...openInRecord(entries.slice(0, seq - 1))].map((id) => id.split(' ')[1]!);
    for (const { problemId, what } of problems) {
      const isNew = !owners.has(problemId);
      if (isNew && problemId !== `p${owners.size + 1}`) faults.push(`${seq} numbers ${problemId}`);
      if (isNew && open.some((id) => words.get(id) === `${unitId} ${what}`)) faults.push(`${seq} doubles ${problemId}`);
      if ((owners.get(problemId) ?? unitId) !== unitId) faults.push(`${seq} tells of ${problemId} of another unit`);
      owners.set(problemId, unitId);
      words.set(problemId, `${unitId} ${what}`);
    }
    if (new Set(problems.map(({ problemId }) => problemId)).size < problems.length)
      faults.push(`${seq} tells of a problem twice`);
    return faults;
  });
}
