/** An edition of a plan: a folder with plan, policy, directory and the wording of messages, read once at the start. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Binding, type Contact, type Policy, RESPONSE_LEVELS, type TaskItem, type Unit } from '../types.js';
import { type Messages, messagesSchema } from '../wording/templates.js';
import { findingsOf } from './checks/index.js';
import { type DocumentEntry, entriesOf } from './document.js';
import { EditionError, type EditionProblem, readEditionFile } from './files.js';
import { directorySchema, type Plan, type PolicyNotes, planSchema, policySchema } from './schema.js';
import { directoryUnitsOf, unitsNamed } from './units.js';

export interface Edition {
  /** All of plan.yaml. */
  plan: Plan;
  policy: Policy;
  /** The policy as written: each value marked as the office's, with its reason. */
  policyNotes: PolicyNotes;
  /** The units of the plan in its order, then the others in the directory's. */
  units: Unit[];
  /** By unit id, and for the bodies that are no units. */
  contacts: Record<string, Contact[]>;
  items: TaskItem[];
  /** The verbatim text of a task. @throws RangeError for an id that is no task's */
  textOf(itemId: string): string;
  /** Wording of all that is sent. */
  messages: Messages;
  /** SHA-256 of the files, hexadecimal. */
  hash: string;
}

/** @throws EditionError with file, line and reason of everything that is wrong */
export function loadEdition(folder: string): Edition {
  const files = readAll({
    plan: () => readEditionFile(folder, 'plan.yaml', planSchema),
    policy: () => readEditionFile(folder, 'policy.yaml', policySchema),
    directory: () => readEditionFile(folder, 'directory.yaml', directorySchema),
    messages: () => readEditionFile(folder, 'messages.yaml', messagesSchema),
  });
  const { plan, policy, directory, messages } = files;
  const content = { plan: plan.data, policy: policy.data, directory: directory.data, messages: messages.data };
  const findings = findingsOf(content);
  if (findings.length > 0)
    throw new EditionError(findings.map(({ in: file, path, reason }) => files[file].problemAt(path, reason)));

  const units = directoryUnitsOf(plan.data, directory.data);
  const entries = new Map(entriesOf(plan.data.document).map((entry) => [entry.id, entry]));
  const items = plan.data.items.map((item) => taskItemOf(item, entries, plan.data, units));
  const texts = new Map(items.map(({ id }) => [id, entries.get(id)!.text]));
  return {
    plan: plan.data,
    policy: valuesOf(policy.data),
    policyNotes: policy.data,
    units,
    contacts: directory.data.contacts,
    items,
    textOf: (itemId) => {
      const text = texts.get(itemId);
      if (text === undefined) throw new RangeError(`no task ${itemId} in edition ${plan.data.edition.id}`);
      return text;
    },
    messages: messages.data,
    hash: hashOf([plan, policy, directory, messages]),
  };
}

const hashOf = (files: Array<{ bytes: Buffer }>): string =>
  files.reduce((sum, { bytes }) => sum.update(bytes), createHash('sha256')).digest('hex');

/** The edition as an episode carries it, without texts, wording and contacts. */
export const bindingOf = ({ plan, hash, units, items, policy }: Edition): Binding => ({
  editionId: plan.edition.id,
  editionHash: hash,
  units,
  items,
  policy,
});

/** The nearest `plan/editions` upwards, from the source and from the build alike. */
export function editionsFolder(from = dirname(fileURLToPath(import.meta.url))): string {
  const folder = join(from, 'plan', 'editions');
  if (existsSync(folder)) return folder;
  if (dirname(from) === from) throw new Error('plan/editions not found above the program');
  return editionsFolder(dirname(from));
}

/** @throws EditionError when there is no such edition, or it is broken */
export function loadEditionById(id: string): Edition {
  const folder = editionsFolder();
  const known = readdirSync(folder);
  if (known.includes(id)) return loadEdition(join(folder, id));
  const reason = `没有预案版本“${id}”，请改用其中之一：${known.join('、')}`;
  throw new EditionError([{ file: 'plan/editions', line: 1, reason }]);
}

/** Reads every file before it gives up, so that all problems are told at once. */
function readAll<T extends Record<string, () => unknown>>(readers: T): { [K in keyof T]: ReturnType<T[K]> } {
  const problems: EditionProblem[] = [];
  const read = Object.entries(readers).map(([name, reader]) => {
    try {
      return [name, reader()];
    } catch (error) {
      if (!(error instanceof EditionError)) throw error;
      problems.push(...error.problems);
      return [name, undefined];
    }
  });
  if (problems.length > 0) throw new EditionError(problems);
  return Object.fromEntries(read);
}

function taskItemOf(
  { id, levels, category, source, answers, replaces, onRaise }: Plan['items'][number],
  entries: ReadonlyMap<string, DocumentEntry>,
  plan: Plan,
  units: readonly Unit[],
): TaskItem {
  const answering = new Set(answers.flatMap((answer) => unitsNamed(answer.units, plan, units)));
  return {
    id,
    clause: entries.get(id)!.clause,
    levels: RESPONSE_LEVELS.filter((level) => levels.includes(level)),
    category,
    ...(source && { source }),
    units: units.map((unit) => unit.unitId).filter((unitId) => answering.has(unitId)),
    replaces: replaces.map((link) => ({ id: link.id, as: link.as })),
    ...(onRaise?.as === 'ends' && { endsOnRaise: true }),
  };
}

const valuesOf = (notes: PolicyNotes): Policy =>
  Object.fromEntries(Object.entries(notes).map(([name, { value }]) => [name, value])) as unknown as Policy;
