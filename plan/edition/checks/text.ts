import { entriesOf } from '../document.js';
import type { PlanDocument } from '../schema.js';
import { type EditionCheck, failing, inPlan, repeated } from './finding.js';

/** An entry of the document is work of an episode, done with a measure, or of the whole year: one of these. */
const PLACES = ['items', 'repeatedDuties', 'standingDuties'] as const;

/** Every id of the document with its place, also those of split paragraphs. */
const placesOf = (document: PlanDocument) =>
  document.flatMap((section, s) =>
    section.paragraphs.flatMap(({ id, parts = [] }, p) => {
      const path = ['document', s, 'paragraphs', p];
      return [
        { id, path: [...path, 'id'] },
        ...parts.map((part, i) => ({ id: part.id, path: [...path, 'parts', i, 'id'] })),
      ];
    }),
  );

export const entriesOccurOnce: EditionCheck = ({ plan }) => {
  const entries = placesOf(plan.document);
  const placed = PLACES.flatMap((list) => plan[list].map(({ id }, index) => ({ id, list, index })));
  return [
    ...repeated(entries.map(({ id }) => id)).map(({ one, index }) =>
      inPlan(entries[index]!.path, `原文条目“${one}”的 id 重复，请改成不同的 id`),
    ),
    ...repeated(plan.document.map((section) => section.clause)).map(({ one, index }) =>
      inPlan(['document', index, 'clause'], `条款“${one}”重复，请合并或改正`),
    ),
    ...repeated(placed.map(({ id }) => id)).map(({ one, index: i }) => {
      const { list, index } = placed[i]!;
      return inPlan([list, index, 'id'], `“${one}”在 ${list} 中重复，请只留一个`);
    }),
  ];
};

export const partsAreTheParagraph: EditionCheck = ({ plan }) =>
  plan.document.flatMap((section, s) =>
    failing(
      section.paragraphs,
      ({ text, parts }) => parts !== undefined && parts.map((part) => part.text).join('') !== text,
    ).map(({ one, index }) =>
      inPlan(['document', s, 'paragraphs', index, 'parts'], `“${one.id}”的各部分相连不是整段原文，请对照原文改正`),
    ),
  );

export const itemsStandInTheText: EditionCheck = ({ plan }) => {
  const entries = new Set(entriesOf(plan.document).map((entry) => entry.id));
  return PLACES.flatMap((list) =>
    failing<{ id: string }>(plan[list], ({ id }) => !entries.has(id)).map(({ one, index }) =>
      inPlan([list, index, 'id'], `document 中没有条目“${one.id}”，请改成已有的 id`),
    ),
  );
};

/** No duty of a unit is dropped, and none stands in two places. */
export const everyDutyIsPlaced: EditionCheck = ({ plan }) => {
  const placed = new Set(PLACES.flatMap((list) => plan[list].map(({ id }) => id)));
  const duties = new Set([...plan.units, ...plan.unitKinds].map(({ duty }) => duty));
  const placeOf = new Map(placesOf(plan.document).map(({ id, path }) => [id, path]));
  return entriesOf(plan.document)
    .filter((entry) => duties.has(entry.clause) && !placed.has(entry.id))
    .map(({ clause, id }) =>
      inPlan(placeOf.get(id)!, `${clause}的职责“${id}”不在 items、repeatedDuties 和 standingDuties 任何一处，请补上`),
    );
};
