/** Checks of an edition that concern more than one entry. */
import type { EditionCheck, EditionContent, Finding } from './finding.js';
import { itemsAreWellFormed, levelsAreThoseOfTheRules, successionIsDecided, successionRises } from './levels.js';
import { frameHoldsTheMessage, messagesCanBeFilledIn } from './messages.js';
import { figuresAreOfUnits, policyCitesThePlan, policyKeepsThePlan, stepsAreTaken } from './policy.js';
import { quotationsArePrinted, rulesArePrinted } from './quotations.js';
import {
  adviceIsOfMeasures,
  answersNameAUnitOnce,
  briefsReachEveryUnit,
  cardsAreFew,
  cardsAreListed,
  measuresAreLed,
  publishersAreUnits,
  repeatedDutiesAreDone,
  standingDutiesAreOfUnits,
} from './tasks.js';
import { entriesOccurOnce, everyDutyIsPlaced, itemsStandInTheText, partsAreTheParagraph } from './text.js';
import { answersAreUnits, everyUnitHasTasks, unitsAreKnown, unitsHaveContacts, unitsOccurOnce } from './units.js';

const checks: EditionCheck[] = [
  entriesOccurOnce,
  partsAreTheParagraph,
  itemsStandInTheText,
  everyDutyIsPlaced,
  quotationsArePrinted,
  rulesArePrinted,
  unitsOccurOnce,
  unitsAreKnown,
  unitsHaveContacts,
  answersAreUnits,
  everyUnitHasTasks,
  answersNameAUnitOnce,
  measuresAreLed,
  cardsAreListed,
  cardsAreFew,
  repeatedDutiesAreDone,
  standingDutiesAreOfUnits,
  briefsReachEveryUnit,
  publishersAreUnits,
  adviceIsOfMeasures,
  levelsAreThoseOfTheRules,
  itemsAreWellFormed,
  successionRises,
  successionIsDecided,
  policyKeepsThePlan,
  policyCitesThePlan,
  figuresAreOfUnits,
  stepsAreTaken,
  messagesCanBeFilledIn,
  frameHoldsTheMessage,
];

/** All findings, in no particular order. */
export const findingsOf = (content: EditionContent): Finding[] => checks.flatMap((check) => check(content));
