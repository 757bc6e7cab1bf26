/** The tasks that start, continue, tighten, ease and end for a unit when the response level changes (§4.3.2 to §4.3.4). */

import type { ResponseLevel, Succession, TaskChange, TaskItem } from '../types.js';
import { compareResponses } from './levels.js';

export interface HeldTask {
  status: 'open' | 'done' | 'not-applicable' | 'ended';
  change: TaskChange;
  /** The entry that completed it, also after it has ended. */
  seq?: number;
  /** Where it is said that the unit has nothing to do for it, also after it has ended. */
  notApplicable?: unknown;
  /** The unit has it after all, whatever it said before. */
  applies?: true;
}

export type Standing =
  | { status: 'open' | 'done' }
  /** As the unit said of the task `like`: itself, one it follows, or one of the unit's profile. */
  | { status: 'not-applicable'; like: string };

export interface LevelChange {
  tasks: Array<{ id: string; change: TaskChange } & Standing>;
  ended: string[];
}

type Items = ReadonlyMap<string, TaskItem>;

const topLevel = (item: TaskItem): ResponseLevel => item.levels[item.levels.length - 1]!;

/**
 * The tasks of a unit after the response goes to `to`, and those of its present ones that end. A unit that holds none is
 * at the start.
 *
 * A lower entry without a successor at `to` continues under its own clause, unless the edition ends it on raising. An
 * entry that had given way to a higher level comes back when that level is left.
 *
 * `profile`: tasks that the unit had nothing to do for in earlier episodes.
 */
export function changeOfLevel(
  items: readonly TaskItem[],
  unitId: string,
  held: Readonly<Record<string, HeldTask>>,
  to: ResponseLevel,
  profile: readonly string[] = [],
): LevelChange {
  const all = new Map(items.map((item) => [item.id, item]));
  const own = items.filter((item) => item.units.includes(unitId));
  const current = own.filter((item) => held[item.id] !== undefined && held[item.id]?.status !== 'ended');
  const atLevel = own.filter((item) => item.levels.includes(to));

  const isSucceededBy = (successors: readonly TaskItem[], item: TaskItem) =>
    successors.some((successor) => succession(all, successor, item.id) !== undefined);
  const goesOn = (item: TaskItem) =>
    current.includes(item) || (held[item.id] !== undefined && isSucceededBy(current, item));
  const outliving = own.filter((item) => compareResponses(topLevel(item), to) < 0 && !item.endsOnRaise && goesOn(item));
  const carried = outliving.filter((item) => !isSucceededBy([...atLevel, ...outliving], item));

  const tasks = [...atLevel, ...carried].map((item) => {
    const change = changeTo(all, item, current);
    const stays = change.as === 'continued' || change.as === 'eased';
    const standing = stays
      ? standingOf(item.id, change.from, held)
      : standingByProfile(all, item, change.from, held, profile);
    return { id: item.id, change: change.as, ...standing };
  });
  const kept = new Set(tasks.map((task) => task.id));
  return { tasks, ended: current.map((item) => item.id).filter((id) => !kept.has(id)) };
}

/**
 * A task that continues or is eased stands as those it comes from. One that was done, or had nothing to do, under its own
 * clause before a higher level replaced it stands so again when it comes back.
 */
function standingOf(id: string, from: readonly string[], held: Readonly<Record<string, HeldTask>>): Standing {
  const own = held[id];
  if (own?.seq !== undefined) return { status: 'done' };
  if (own?.notApplicable !== undefined) return { status: 'not-applicable', like: id };
  const statuses = from.map((one) => held[one]?.status);
  if (statuses.every((status) => status === 'not-applicable')) return { status: 'not-applicable', like: from[0]! };
  return { status: statuses.every((status) => status === 'done' || status === 'not-applicable') ? 'done' : 'open' };
}

/**
 * A new or harder task has nothing to do if the unit's profile says so of itself, of a lower entry that it only continues,
 * or of a harder one. Example: a street without mines says so at Ⅲ; the same clause at Ⅱ has nothing to do either. A street
 * outside the ring road says so of the sites within it; at Ⅱ, where all sites stop, it is asked again.
 */
function standingByProfile(
  items: Items,
  item: TaskItem,
  from: readonly string[],
  held: Readonly<Record<string, HeldTask>>,
  profile: readonly string[],
): Standing {
  if ([item.id, ...from].some((id) => held[id]?.applies)) return { status: 'open' };
  const like = profile.find((id) => {
    const said = items.get(id);
    return (
      id === item.id ||
      succession(items, item, id) === 'continued' ||
      (said !== undefined && succession(items, said, item.id) !== undefined)
    );
  });
  return like === undefined ? { status: 'open' } : { status: 'not-applicable', like };
}

/** The tasks that say at other levels what this one says: the edition only continues one into the other. */
export function sameAtOtherLevels(items: readonly TaskItem[], id: string): string[] {
  const all = new Map(items.map((item) => [item.id, item]));
  const item = all.get(id);
  const isSame = (other: TaskItem) =>
    item !== undefined && [succession(all, item, other.id), succession(all, other, id)].includes('continued');
  return items.filter(isSame).map((other) => other.id);
}

/** The ended tasks that have no counterpart at the new level: neither harder, nor milder, nor the same. */
export function endedAltogether(
  items: readonly TaskItem[],
  ended: readonly string[],
  kept: readonly string[],
): string[] {
  const all = new Map(items.map((item) => [item.id, item]));
  const isRelated = (one: string, other: string) => {
    const item = all.get(one);
    return item !== undefined && succession(all, item, other) !== undefined;
  };
  return ended.filter((id) => !kept.some((other) => isRelated(other, id) || isRelated(id, other)));
}

/** The origin of a task in those the unit held: itself, lower entries that it replaces, or higher ones that replaced it. */
function changeTo(items: Items, item: TaskItem, held: readonly TaskItem[]): { as: TaskChange; from: string[] } {
  if (held.some((before) => before.id === item.id)) return { as: 'continued', from: [item.id] };

  const lower = related(held, (before) => succession(items, item, before.id));
  if (lower.from.length > 0) return { as: lower.tightened ? 'tightened' : 'continued', from: lower.from };

  const higher = related(held, (before) => succession(items, before, item.id));
  if (higher.from.length > 0) return { as: higher.tightened ? 'eased' : 'continued', from: higher.from };

  return { as: 'new', from: [] };
}

function related(held: readonly TaskItem[], how: (before: TaskItem) => Succession | undefined) {
  const links = held.map((before) => ({ id: before.id, as: how(before) })).filter((link) => link.as !== undefined);
  return { from: links.map((link) => link.id), tightened: links.some((link) => link.as === 'tightened') };
}

/** How `item` succeeds `lowerId`, directly or through entries between: `tightened` if any link is tightened. */
function succession(items: Items, item: TaskItem, lowerId: string): Succession | undefined {
  const ways = item.replaces.flatMap(({ id, as }) => {
    if (id === lowerId) return [as];
    const between = items.get(id);
    const further = between && succession(items, between, lowerId);
    return further ? [as === 'tightened' ? as : further] : [];
  });
  if (ways.length === 0) return undefined;
  return ways.includes('tightened') ? 'tightened' : 'continued';
}
