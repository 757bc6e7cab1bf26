/** What must hold between the entries of an edition. */
import type { EditionCheck, EditionContent, Finding } from './finding.js';
import { itemsAreWellFormed, levelsAreThoseOfTheRules, successionIsDecided, successionRises } from './levels.js';
import { frameHoldsTheMessage, messagesCanBeFilledIn } from './messages.js';
import { policyCitesThePlan, policyKeepsThePlan } from './policy.js';
import { quotationsArePrinted } from './quotations.js';
import { entriesOccurOnce, everyDutyIsPlaced, itemsStandInTheText, partsAreTheParagraph } from './text.js';
import { answersAreUnits, everyUnitHasTasks, unitsAreKnown, unitsHaveContacts, unitsOccurOnce } from './units.js';

const checks: EditionCheck[] = [
  entriesOccurOnce,
  partsAreTheParagraph,
  itemsStandInTheText,
  everyDutyIsPlaced,
  quotationsArePrinted,
  unitsOccurOnce,
  unitsAreKnown,
  unitsHaveContacts,
  answersAreUnits,
  everyUnitHasTasks,
  levelsAreThoseOfTheRules,
  itemsAreWellFormed,
  successionRises,
  successionIsDecided,
  policyKeepsThePlan,
  policyCitesThePlan,
  messagesCanBeFilledIn,
  frameHoldsTheMessage,
];

/** Everything that is wrong, in no order of weight. */
export const findingsOf = (content: EditionContent): Finding[] => checks.flatMap((check) => check(content));
