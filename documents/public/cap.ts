/** A warning by the Common Alerting Protocol 1.2 (OASIS), for programs of others that show or pass on warnings. */
import { create } from 'xmlbuilder2';

export const CAP_TYPE = 'application/cap+xml';

/** `at` has the form of `sent`. */
export interface CapReference {
  sender: string;
  identifier: string;
  sent: string;
}

export interface CapInfo {
  language: string;
  category: 'Env';
  event: string;
  responseType: 'Prepare' | 'Avoid' | 'AllClear';
  urgency: 'Immediate' | 'Expected' | 'Future' | 'Past';
  severity: 'Extreme' | 'Severe' | 'Moderate' | 'Minor';
  certainty: 'Observed' | 'Likely';
  effective: string;
  onset: string;
  expires?: string;
  senderName: string;
  headline: string;
  description: string;
  instruction?: string;
  web: string;
  areaDesc: string;
}

/** In the words of CAP. Times are ISO 8601 with `+08:00` and without milliseconds. */
export interface CapAlert extends CapReference {
  status: 'Actual' | 'Exercise';
  msgType: 'Alert' | 'Update' | 'Cancel';
  scope: 'Public';
  note?: string;
  references: CapReference[];
  info: CapInfo;
}

export function capXml({ references, info, ...alert }: CapAlert): string {
  const { areaDesc, ...about } = info;
  const elements = {
    alert: {
      '@xmlns': 'urn:oasis:names:tc:emergency:cap:1.2',
      ...pick(alert, 'identifier', 'sender', 'sent', 'status', 'msgType', 'scope', 'note'),
      ...(references.length === 0 ? {} : { references: references.map(asReference).join(' ') }),
      info: { ...pick(about, ...IN_ORDER), area: { areaDesc } },
    },
  };
  return create({ encoding: 'UTF-8', invalidCharReplacement: '' }, elements).end({ prettyPrint: true });
}

const asReference = ({ sender, identifier, sent }: CapReference): string => `${sender},${identifier},${sent}`;

/** The schema asks for this order. */
const IN_ORDER = [
  'language',
  'category',
  'event',
  'responseType',
  'urgency',
  'severity',
  'certainty',
  'effective',
  'onset',
  'expires',
  'senderName',
  'headline',
  'description',
  'instruction',
  'web',
] as const;

const pick = <T extends object>(from: T, ...keys: Array<keyof T & string>): Record<string, unknown> =>
  Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));
