import type { Edition } from '../edition/edition.js';
import type { BODIES } from './contacts.js';

/** A holder of contacts and a roster: a unit, or a body that is no unit. */
export interface Holder {
  unitId: string;
  name: string;
  aliases: string[];
}

const body = (unitId: (typeof BODIES)[number], name: string, aliases: string[] = []): Holder => ({
  unitId,
  name,
  aliases,
});

export const holdersOf = ({ units, plan: { bodies } }: Edition): Holder[] => [
  body('office', bodies.office.name, bodies.office.aliases),
  body('committee', bodies.committee.name, bodies.committee.aliases),
  body('supervisor', `${bodies.supervisor.name}（监督问责）`),
  body('city', '市环委办'),
  body('media', '公共媒体'),
  ...units,
];

/** The holders that keep somebody on duty round the clock (§6.1). */
export const dutyHoldersOf = (edition: Edition): Holder[] => [
  body('office', edition.plan.bodies.office.name, edition.plan.bodies.office.aliases),
  ...edition.units,
];

export const isHolder = (edition: Edition, unitId: string): boolean =>
  holdersOf(edition).some((holder) => holder.unitId === unitId);
