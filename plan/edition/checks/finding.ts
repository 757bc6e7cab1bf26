import type { YamlPath } from '../../../lib/lined-yaml.js';
import type { Messages } from '../../wording/templates.js';
import type { HolidayYears } from '../holidays-schema.js';
import type { Directory, Plan, PolicyNotes } from '../schema.js';

/** The files of an edition. Each has the right shape. */
export interface EditionContent {
  plan: Plan;
  policy: PolicyNotes;
  directory: Directory;
  messages: Messages;
  holidays: HolidayYears;
}

export interface Finding {
  in: keyof EditionContent;
  path: YamlPath;
  /** In Chinese; says what to change. */
  reason: string;
}

/** Finds all places that break one rule. */
export type EditionCheck = (content: EditionContent) => Finding[];

export const inPlan = (path: YamlPath, reason: string): Finding => ({ in: 'plan', path, reason });
export const inDirectory = (path: YamlPath, reason: string): Finding => ({ in: 'directory', path, reason });

/** The failing entries of a list, each with its place. */
export const failing = <T>(list: readonly T[], fails: (one: T, index: number) => boolean) =>
  list.map((one, index) => ({ one, index })).filter(({ one, index }) => fails(one, index));

/** The repeated entries of a list. */
export const repeated = (ids: readonly string[]) => failing(ids, (id, index) => ids.indexOf(id) < index);
