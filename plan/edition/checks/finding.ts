import type { Messages } from '../../wording/templates.js';
import type { Path } from '../files.js';
import type { Directory, Plan, PolicyNotes } from '../schema.js';

/** The files of an edition, each of its right shape. */
export interface EditionContent {
  plan: Plan;
  policy: PolicyNotes;
  directory: Directory;
  messages: Messages;
}

export interface Finding {
  in: keyof EditionContent;
  path: Path;
  /** Chinese, saying what to change. */
  reason: string;
}

/** Answers what breaks one rule, and where. */
export type EditionCheck = (content: EditionContent) => Finding[];

export const inPlan = (path: Path, reason: string): Finding => ({ in: 'plan', path, reason });
export const inDirectory = (path: Path, reason: string): Finding => ({ in: 'directory', path, reason });

/** The entries of a list that fail, each with its place. */
export const failing = <T>(list: readonly T[], fails: (one: T, index: number) => boolean) =>
  list.map((one, index) => ({ one, index })).filter(({ one, index }) => fails(one, index));

/** What stands in a list for the second time. */
export const repeated = (ids: readonly string[]) => failing(ids, (id, index) => ids.indexOf(id) < index);
