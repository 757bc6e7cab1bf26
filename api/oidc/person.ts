/** Who somebody is here, by the claims of the identity provider and the tables of the file. */
import type { Identity } from '../../ledger/people/identities.js';
import { valueAt } from '../../lib/json-pointer.js';
import { quoted } from '../../lib/quoted.js';
import type { OidcSettings } from '../engine/context.js';
import { Problem } from '../http/problems.js';
import type { Claims } from './provider.js';

/** Two providers may give the same id to different people. */
export const identityIn = ({ iss, sub }: Claims): string => `${iss} ${sub}`;

/** Throws in words when the claims give no role, or no unit to the role `unit`. */
export function personIn(claims: Claims, { role: roles, unit, name, username, label }: OidcSettings): Identity {
  const given = valuesAt(claims, roles.claim);
  const role = roles.values.find(({ is }) => given.includes(String(is)))?.role;
  if (role === undefined)
    throw new Problem(
      'role-missing',
      `${label}没有给您本系统的角色：${said(roles.claim, given)}，其中没有本系统认识的。请联系系统管理员，在${label}中为您加上角色后重新登录。`,
    );
  const shownName = oneLine(valuesAt(claims, name)[0]) || oneLine(valuesAt(claims, username)[0]) || claims.sub;
  return {
    identity: identityIn(claims),
    username: usernameIn(valuesAt(claims, username)[0] ?? claims.sub),
    name: [...shownName].slice(0, MOST_OF_NAME).join(''),
    role,
    ...(role === 'unit' ? { unitId: unitIdIn(claims, unit!, label) } : {}),
  };
}

function unitIdIn(claims: Claims, { claim, values }: NonNullable<OidcSettings['unit']>, label: string): string {
  const given = valuesAt(claims, claim);
  const unitId = values === undefined ? given[0] : values.find(({ is }) => given.includes(String(is)))?.unitId;
  if (unitId === undefined)
    throw new Problem(
      'unit-missing',
      `${label}没有说明您属于哪个单位：${said(claim, given)}，其中没有本系统认识的。请联系系统管理员核对您在${label}中的单位，或者配置文件中的对照表。`,
    );
  return unitId;
}

const said = (claim: string, given: string[]): string =>
  `${quoted(claim)}这一项${given.length === 0 ? '是空的' : `是${given.slice(0, MOST_SHOWN).map(quoted).join('、')}`}`;

const MOST_SHOWN = 5;
const MOST_OF_NAME = 100;
const MOST_OF_USERNAME = 50;

/** One value or a list. Named as it is, or by a pointer where it lies deeper: `/realm_access/roles`. */
function valuesAt(claims: Claims, claim: string): string[] {
  const value = claim.startsWith('/')
    ? valueAt(claims, claim)
    : Object.hasOwn(claims, claim)
      ? claims[claim]
      : undefined;
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => ['string', 'number', 'boolean'].includes(typeof one)).map(String);
}

const oneLine = (text: string | undefined): string => (text ?? '').replaceAll(/\p{C}+/gu, ' ').trim();

/** As the API takes user names. A space for a letter is nobody's mistake here. */
function usernameIn(text: string): string {
  const signs = text
    .normalize('NFKC')
    .replaceAll(/[^\p{L}\p{N}._@-]+/gu, '-')
    .replace(/^[^\p{L}\p{N}]+/u, '');
  return [...signs].slice(0, MOST_OF_USERNAME).join('') || 'oidc';
}
