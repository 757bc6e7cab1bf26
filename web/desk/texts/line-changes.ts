/** How a text differs from another, line by line. */

export interface LineChange {
  kind: 'same' | 'added' | 'removed';
  line: string;
}

/** The longest common lines stay; texts have a hundred lines at most, so a table of all pairs is small. */
export function lineChanges(before: string, after: string): LineChange[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const common = old.map(() => new Array<number>(now.length + 1).fill(0)).concat([new Array(now.length + 1).fill(0)]);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      common[i]![j] = old[i] === now[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const changes: LineChange[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      changes.push({ kind: 'same', line: now[j]! });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      changes.push({ kind: 'removed', line: old[i]! });
      i += 1;
    } else {
      changes.push({ kind: 'added', line: now[j]! });
      j += 1;
    }
  }
  return changes;
}
