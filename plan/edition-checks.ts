/** What must hold between the entries of an edition. Each check answers what breaks it, and where. */
import { entriesOf, textByClause } from './document.js';
import type { Path } from './edition-files.js';
import type { Directory, Plan, PolicyNotes } from './edition-schema.js';
import { unitsNamed, unitsOf } from './edition-units.js';
import { compareResponses, responseLevelOf } from './levels.js';
import { RESPONSE_LEVELS } from './types.js';

export interface EditionContent {
  plan: Plan;
  policy: PolicyNotes;
  directory: Directory;
}

export interface Finding {
  in: keyof EditionContent;
  path: Path;
  /** Chinese, saying what to change. */
  reason: string;
}

type Check = (content: EditionContent) => Finding[];

const inPlan = (path: Path, reason: string): Finding => ({ in: 'plan', path, reason });
const inDirectory = (path: Path, reason: string): Finding => ({ in: 'directory', path, reason });

/** Entries that fail, each with its place in the list. */
const failing = <T>(list: readonly T[], fails: (one: T, index: number) => boolean) =>
  list.map((one, index) => ({ one, index })).filter(({ one, index }) => fails(one, index));

const repeated = (ids: readonly string[]) => failing(ids, (id, index) => ids.indexOf(id) < index);

const idsOccurOnce: Check = ({ plan, directory }) => {
  const placed = plan.document.flatMap((section, s) =>
    section.paragraphs.flatMap(({ id, parts = [] }, p) => {
      const path = ['document', s, 'paragraphs', p];
      return [
        { id, path: [...path, 'id'] },
        ...parts.map((part, i) => ({ id: part.id, path: [...path, 'parts', i, 'id'] })),
      ];
    }),
  );
  const named = [...plan.units.map((unit) => unit.unitId), ...plan.groups.map((group) => group.group)];
  const lists = {
    items: plan.items.map((item) => item.id),
    standingDuties: plan.standingDuties.map((duty) => duty.id),
  };
  return [
    ...repeated(placed.map(({ id }) => id)).map(({ one, index }) =>
      inPlan(placed[index]!.path, `原文条目“${one}”的 id 重复，请改成不同的 id`),
    ),
    ...repeated(plan.document.map((section) => section.clause)).map(({ one, index }) =>
      inPlan(['document', index, 'clause'], `条款“${one}”重复，请合并或改正`),
    ),
    ...Object.entries(lists).flatMap(([list, ids]) =>
      repeated(ids).map(({ one, index }) => inPlan([list, index, 'id'], `“${one}”在 ${list} 中重复，请只留一个`)),
    ),
    ...repeated(named).map(({ one }) => inPlan(['units'], `单位或单位类“${one}”重复，请改成不同的 id`)),
    ...repeated(directory.units.map((unit) => unit.unitId)).map(({ one, index }) =>
      inDirectory(['units', index, 'unitId'], `单位“${one}”重复，请只留一个`),
    ),
  ];
};

const partsAreTheParagraph: Check = ({ plan }) =>
  plan.document.flatMap((section, s) =>
    failing(
      section.paragraphs,
      ({ text, parts }) =>
        parts?.every((part) => part.text) === true && parts.map((part) => part.text).join('') !== text,
    ).map(({ one, index }) =>
      inPlan(['document', s, 'paragraphs', index, 'parts'], `“${one.id}”的各部分相连不是整段原文，请对照原文改正`),
    ),
  );

/** Every `clause`, `duty` and `because` is printed in the plan, and every quotation stands under its clause. */
const quotationsArePrinted: Check = ({ plan }) => {
  const { document, ...rest } = plan;
  const texts = textByClause(document).set(plan.edition.coveringNotice.clause, plan.edition.coveringNotice.text);
  const findings: Finding[] = [];
  const visit = (value: unknown, path: Path, around: string | undefined): void => {
    if (typeof value !== 'object' || value === null) return;
    const fields = new Map(Object.entries(value));
    const own = (name: string) => (typeof fields.get(name) === 'string' ? String(fields.get(name)) : undefined);
    for (const name of ['clause', 'duty', 'because']) {
      const clause = own(name);
      if (clause && !texts.has(clause))
        findings.push(inPlan([...path, name], `预案中没有条款“${clause}”，请写印出的条款号`));
    }
    const quote = own('quote');
    const text = texts.get(own('clause') ?? '');
    if (quote && text && !text.includes(quote))
      findings.push(inPlan([...path, 'quote'], `条款“${own('clause')}”中没有这段文字，请照原文抄写`));
    const within = quote ?? around;
    for (const name of ['printed', 'text']) {
      const piece = own(name);
      if (piece && within && !within.includes(piece))
        findings.push(inPlan([...path, name], `“${piece}”不在所引原文中，请照原文抄写`));
    }
    for (const [key, child] of fields) visit(child, [...path, Array.isArray(value) ? Number(key) : key], within);
  };
  visit(rest, [], undefined);
  return findings;
};

const levelsAreTheOnesOfTheRules: Check = ({ plan }) =>
  plan.responseLevels.length === RESPONSE_LEVELS.length &&
  plan.responseLevels.every(
    ({ level, warning }, i) => level === RESPONSE_LEVELS[i] && responseLevelOf(warning) === level,
  )
    ? []
    : [inPlan(['responseLevels'], '响应级别应由低到高为 III、II、I，依次对应 yellow、orange、red')];

const unitsAreKnown: Check = ({ plan, directory }) => {
  const departments = new Set(plan.units.map((unit) => unit.unitId));
  const listed = new Set(directory.units.map((unit) => unit.unitId));
  const holders = [...listed, 'office', 'city'];
  return [
    ...failing(plan.units, ({ unitId }) => !listed.has(unitId)).map(({ one, index }) =>
      inPlan(['units', index], `单位“${one.unitId}”不在 directory.yaml 的 units 中，请补上`),
    ),
    ...failing(directory.units, ({ unitId, name, kind }) =>
      departments.has(unitId) ? !!(name || kind) : !(name && kind),
    ).map(({ one, index }) =>
      inDirectory(
        ['units', index],
        departments.has(one.unitId)
          ? `“${one.unitId}”的名称和类别以 plan.yaml 为准，请只写 unitId`
          : `plan.yaml 中没有单位“${one.unitId}”，请写明 name 和 kind，或改正 unitId`,
      ),
    ),
    ...holders
      .filter((holder) => !directory.contacts[holder]?.length)
      .map((holder) => inDirectory(['contacts'], `“${holder}”没有联系人，请在 contacts 中填写`)),
    ...Object.keys(directory.contacts)
      .filter((holder) => !holders.includes(holder))
      .map((holder) => inDirectory(['contacts', holder], `没有单位“${holder}”，请改正或删去这些联系人`)),
    ...failing([plan.bodies.office.within], (unitId) => !departments.has(unitId)).map(({ one }) =>
      inPlan(['bodies', 'office', 'within'], `没有单位“${one}”，请写 units 中的 unitId`),
    ),
  ];
};

const itemsStandInTheDocument: Check = ({ plan }) => {
  const entries = new Set(entriesOf(plan.document).map((entry) => entry.id));
  const unknown = (list: 'items' | 'standingDuties') =>
    failing<{ id: string }>(plan[list], ({ id }) => !entries.has(id)).map(({ one, index }) =>
      inPlan([list, index, 'id'], `document 中没有条目“${one.id}”，请改成已有的 id`),
    );
  return [...unknown('items'), ...unknown('standingDuties')];
};

const itemsAreWellFormed: Check = ({ plan }) => [
  ...failing(plan.items, ({ category, levels }) => category !== 'duty' && levels.length !== 1).map(({ one, index }) =>
    inPlan(['items', index, 'levels'], `措施“${one.id}”只能属于一个响应级别`),
  ),
  ...failing(plan.items, ({ category, source }) => (category === 'mandatory') !== (source !== undefined)).map(
    ({ one, index }) => inPlan(['items', index], `“${one.id}”：强制性措施要写 source，其他的不写`),
  ),
];

const answersAreUnits: Check = ({ plan, directory }) => {
  const units = unitsOf(plan, directory);
  return plan.items.flatMap((item, i) =>
    item.answers.flatMap((answer, a) =>
      failing(answer.units, (name) => unitsNamed([name], plan, units).length === 0).map(({ one, index }) =>
        inPlan(['items', i, 'answers', a, 'units', index], `“${item.id}”的单位“${one}”不存在，请写 unitId 或单位类`),
      ),
    ),
  );
};

/** Upward only: a chain of `replaces` therefore cannot close on itself. */
const successionRises: Check = ({ plan }) => {
  const items = new Map(plan.items.map((item) => [item.id, item]));
  return plan.items.flatMap((item, i) =>
    item.replaces.flatMap((link, r) => {
      const path = ['items', i, 'replaces', r, 'id'];
      const lower = items.get(link.id);
      if (!lower) return [inPlan(path, `“${item.id}”取代的“${link.id}”不在 items 中，请改成已有的 id`)];
      const rises = item.levels.every((level) => lower.levels.every((below) => compareResponses(below, level) < 0));
      return rises ? [] : [inPlan(path, `“${item.id}”只能取代更低级别的条目，“${link.id}”不是`)];
    }),
  );
};

/** Nothing ends or goes on by oversight: a measure below the top is replaced, or the edition says what becomes of it. */
const successionIsDecided: Check = ({ plan }) => {
  const top = RESPONSE_LEVELS.at(-1)!;
  const replaced = new Set(plan.items.flatMap((item) => item.replaces.map((link) => link.id)));
  const belowTop = (levels: readonly string[]) => !levels.includes(top);
  return [
    ...failing(plan.items, ({ id, levels, onRaise }) => belowTop(levels) && !replaced.has(id) && !onRaise).map(
      ({ one, index }) =>
        inPlan(
          ['items', index],
          `升级后没有条目取代“${one.id}”，请写 onRaise 说明继续还是终止，或在取代它的条目写 replaces`,
        ),
    ),
    ...failing(
      plan.items,
      ({ id, levels, onRaise }) => onRaise !== undefined && (replaced.has(id) || !belowTop(levels)),
    ).map(({ one, index }) => inPlan(['items', index, 'onRaise'], `“${one.id}”已被取代或已是最高级，请删去 onRaise`)),
  ];
};

const everyUnitHasTasks: Check = ({ plan, directory }) => {
  const units = unitsOf(plan, directory);
  const answering = plan.items.map((item) => ({
    levels: item.levels,
    units: new Set(item.answers.flatMap((answer) => unitsNamed(answer.units, plan, units))),
  }));
  return units.flatMap(({ unitId, name }) =>
    RESPONSE_LEVELS.filter(
      (level) => !answering.some((item) => item.levels.includes(level) && item.units.has(unitId)),
    ).map((level) => {
      const reason = `“${name}”在 ${level} 级没有任务，请在 items 中安排`;
      const index = plan.units.findIndex((unit) => unit.unitId === unitId);
      if (index >= 0) return inPlan(['units', index], reason);
      return inDirectory(['units', directory.units.findIndex((unit) => unit.unitId === unitId)], reason);
    }),
  );
};

/** No duty of a unit is dropped: each is a task or said to run outside a response. */
const everyDutyIsPlaced: Check = ({ plan }) => {
  const placed = new Set([...plan.items, ...plan.standingDuties].map(({ id }) => id));
  const duties = new Set([...plan.units, ...plan.groups].map(({ duty }) => duty));
  return entriesOf(plan.document)
    .filter((entry) => duties.has(entry.clause) && !placed.has(entry.id))
    .map((entry) =>
      inPlan(['items'], `${entry.clause}的职责“${entry.id}”既不在 items 也不在 standingDuties 中，请补上`),
    );
};

const policyKeepsThePlan: Check = ({ plan, policy }) =>
  policy.followUpReportHours.value > plan.deadlines.followUpReport.withinDaysOfLifting * 24
    ? [
        {
          in: 'policy',
          path: ['followUpReportHours', 'value'],
          reason: `信息报送时限不能长于预案${plan.deadlines.followUpReport.clause}的规定，请改小`,
        },
      ]
    : [];

const checks: Check[] = [
  idsOccurOnce,
  partsAreTheParagraph,
  quotationsArePrinted,
  levelsAreTheOnesOfTheRules,
  unitsAreKnown,
  itemsStandInTheDocument,
  itemsAreWellFormed,
  answersAreUnits,
  successionRises,
  successionIsDecided,
  everyUnitHasTasks,
  everyDutyIsPlaced,
  policyKeepsThePlan,
];

export const findingsOf = (content: EditionContent): Finding[] => checks.flatMap((check) => check(content));
