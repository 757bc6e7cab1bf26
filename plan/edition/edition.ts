/** An edition of a plan: a folder with plan, policy, directory and the wording of messages, read once at the start. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Clause } from '../rules/clauses.js';
import {
  type Binding,
  type Contact,
  type NotApplicableTask,
  type Policy,
  RESPONSE_LEVELS,
  type ResponseLevel,
  type TaskItem,
  type TaskWords,
  type Unit,
} from '../types.js';
import { type Messages, messagesSchema } from '../wording/templates.js';
import { findingsOf } from './checks/index.js';
import { type DocumentEntry, entriesOf } from './document.js';
import { EditionError, type EditionProblem, readEditionFile } from './files.js';
import { type HolidayYears, holidaysOf, holidaysSchema } from './holidays-schema.js';
import {
  type Directory,
  directorySchema,
  type Plan,
  type PolicyNotes,
  planSchema,
  policySchema,
  policyValuesOf,
} from './schema.js';
import { shippedPolicy } from './shipped.js';
import { directoryUnitsOf, entryFor, namesOfDuty, unitsNamed } from './units.js';

/** The kind decides for a unit that joined an episode (§2.2): the edition does not name it. */
type UnitOfKind = Pick<Unit, 'unitId' | 'kind'>;

/** All that an edition says, without contacts: they are replaced, an edition is kept for as long as its episodes. */
export interface KeptEdition {
  /** All of plan.yaml. */
  plan: Plan;
  policy: Policy;
  /** The policy as written: each value marked as the office's, with its reason. */
  policyNotes: PolicyNotes;
  /** The units of the plan in its order, then the others in the directory's. */
  units: Unit[];
  items: TaskItem[];
  /** The verbatim text of a task. @throws RangeError for an id that is no task's */
  textOf(itemId: string): string;
  /** The office's words to a unit about a task; none for a task that was added. */
  taskWordsOf(itemId: string, unit: UnitOfKind): TaskWords | undefined;
  /** The clauses of duties that only repeat this task: a unit does them with it. */
  alsoDoneBy(itemId: string, unit: UnitOfKind): Clause[];
  /** The plan's sentence of a task as it is shown: with its subject, and closed like a sentence. */
  sentenceOf(itemId: string): string;
  /** The sentence that opens the SMS to a unit. */
  briefOf(unit: UnitOfKind, at: ResponseLevel | 'lifted'): string;
  /** Wording of all that is sent. */
  messages: Messages;
  /** The days off of each year that is known. */
  holidays: HolidayYears;
  /** The whole of it as one text, which `editionOfContent` reads again. */
  content: string;
  /** SHA-256 of the content, hexadecimal. */
  hash: string;
}

export interface Edition extends KeptEdition {
  /** By unit id, and for the bodies that are no units. */
  contacts: Record<string, Contact[]>;
  /** The policy as it was shipped, where that is known. */
  shipped?: Policy;
}

interface Content {
  plan: Plan;
  policy: PolicyNotes;
  directory: Pick<Directory, 'units'>;
  messages: Messages;
  holidays: HolidayYears;
}

/** @throws EditionError with file, line and reason of everything that is wrong */
export function loadEdition(folder: string, readFile = readEditionFile): Edition {
  const files = readAll({
    plan: () => readFile(folder, 'plan.yaml', planSchema),
    policy: () => readFile(folder, 'policy.yaml', policySchema),
    directory: () => readFile(folder, 'directory.yaml', directorySchema),
    messages: () => readFile(folder, 'messages.yaml', messagesSchema),
    holidays: () => readFile(folder, 'holidays.yaml', holidaysSchema),
  });
  const [plan, policy, messages, holidays] = [
    files.plan.data,
    files.policy.data,
    files.messages.data,
    files.holidays.data,
  ];
  const { contacts, units } = files.directory.data;
  const findings = findingsOf({ plan, policy, directory: files.directory.data, messages, holidays });
  if (findings.length > 0)
    throw new EditionError(findings.map(({ in: file, path, reason }) => files[file].problemAt(path, reason)));
  const content: Content = { plan, policy, directory: { units }, messages, holidays };
  const edition = editionOfContent(JSON.stringify(content));
  const bytes = gzipSync(JSON.stringify(bindingOf(edition, 0)), { level: 1 }).length;
  if (bytes > MOST_BYTES) throw new EditionError([files.plan.problemAt(['items'], tooLarge(bytes))]);
  const shipped = shippedPolicy(folder);
  return { ...edition, contacts, ...(shipped && { shipped }) };
}

/** Of a binding, compressed: it goes to the engine in one message with the entries of a start, and may have 2 MiB with them. */
const MOST_BYTES = 400_000;
const tooLarge = (bytes: number): string =>
  `任务和负责的单位太多：压缩后共 ${bytes} 字节，上限 ${MOST_BYTES} 字节，超过后过程无法启动；请减少任务或单位，或者改用较短的 id`;

/** An edition from the `content` it had when it was loaded. */
export function editionOfContent(content: string): KeptEdition {
  const { plan, policy, directory, messages, holidays }: Content = JSON.parse(content);
  const units = directoryUnitsOf(plan, directory);
  const entries = new Map(entriesOf(plan.document).map((entry) => [entry.id, entry]));
  const items = plan.items.map((item) => taskItemOf(item, entries, plan, units));
  const texts = new Map(items.map(({ id }) => [id, entries.get(id)!.text]));
  return {
    plan,
    policy: policyValuesOf(policy),
    policyNotes: policy,
    units,
    items,
    textOf: (itemId) => {
      const text = texts.get(itemId);
      if (text === undefined) throw new RangeError(`no task ${itemId} in edition ${plan.edition.id}`);
      return text;
    },
    sentenceOf: (itemId) => {
      const antecedent = plan.items.find(({ id }) => id === itemId)?.antecedent;
      return `${antecedent ? `［${antecedent}］` : ''}${closed(texts.get(itemId) ?? '')}`;
    },
    ...officeWordsOf(plan, entries),
    messages,
    holidays,
    content,
    hash: createHash('sha256').update(content).digest('hex'),
  };
}

/** The edition as an episode carries it, without texts, wording and contacts. */
export const bindingOf = (
  { plan, hash, units, items, policy, holidays }: KeptEdition,
  rulesVersion: number,
  notApplicable: NotApplicableTask[] = [],
): Binding => ({
  editionId: plan.edition.id,
  editionHash: hash,
  units,
  items,
  notApplicable,
  holidays: holidaysOf(holidays),
  noticeBases: plan.noticeBases.value,
  supervisorUnit: plan.bodies.supervisor.within,
  rules: plan.rules,
  policy,
  rulesVersion,
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

function officeWordsOf(
  plan: Plan,
  entries: ReadonlyMap<string, DocumentEntry>,
): Pick<KeptEdition, 'taskWordsOf' | 'alsoDoneBy' | 'briefOf'> {
  const answers = new Map(plan.items.map((item) => [item.id, item.answers]));
  return {
    taskWordsOf: (itemId, unit) => {
      const answer = entryFor(answers.get(itemId) ?? [], plan, unit);
      return answer && { role: answer.role, group: answer.group, do: answer.do };
    },
    alsoDoneBy: (itemId, unit) =>
      plan.repeatedDuties
        .filter(({ doneWith }) => doneWith.includes(itemId))
        .map(({ id }) => entries.get(id)!.clause)
        .filter((clause, i, all) => isDutyOf(plan, unit, clause) && all.indexOf(clause) === i),
    // The edition's check finds a brief for every unit and every kind.
    briefOf: (unit, at) => entryFor(plan.briefs, plan, unit)?.[at] ?? '',
  };
}

/** A clause that ends within a sentence of the plan. */
const closed = (clause: string): string => clause.replace(/[，；、：]$/, '。');

const isDutyOf = (plan: Plan, unit: UnitOfKind, clause: Clause): boolean =>
  entryFor([{ units: namesOfDuty(plan, clause) }], plan, unit) !== undefined;
