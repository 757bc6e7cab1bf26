import { describe, expect, test } from '@jest/globals';
import type { Contact, KnownContact } from '../types.js';
import { identified } from './identify.js';

const wang = (role: Contact['role'], sms?: string): Contact => ({ role, name: '王伟', ...(sms ? { sms } : {}) });
const [ONE, OTHER] = ['13900000001', '13900000009'];

const idsOf = (entered: Contact[], ...present: Contact[]) =>
  identified(
    entered,
    present.map((one, i): KnownContact => ({ ...one, contactId: `p-${i}` })),
    () => 'new',
  ).map(({ contactId }) => contactId);

describe('of namesakes', () => {
  test('in one role the number tells who has left', () => {
    expect(idsOf([wang('lead', OTHER)], wang('lead', ONE), wang('lead', OTHER))).toEqual(['p-1']);
  });

  test('in one role without a number the order tells', () => {
    expect(idsOf([wang('lead'), wang('lead')], wang('lead'), wang('lead'))).toEqual(['p-0', 'p-1']);
  });

  test('the number tells, whatever the role', () => {
    expect(idsOf([wang('liaison', OTHER)], wang('lead', ONE), wang('deputy', OTHER))).toEqual(['p-1']);
  });

  test('to have no number tells nothing: nobody is taken for another', () => {
    expect(idsOf([wang('liaison')], wang('lead'), wang('deputy', ONE))).toEqual(['new']);
  });
});

describe('a name that is nearly the same', () => {
  const named = (name: string, sms?: string, email?: string): Contact => ({
    role: 'lead',
    name,
    ...(sms && { sms }),
    ...(email && { email }),
  });

  test('with the same number or mail is the same person’s', () => {
    expect(idsOf([named('王玮', ONE)], named('王伟', ONE))).toEqual(['p-0']);
    expect(idsOf([named('王玮', '+86 139 0000 0001')], named('王伟', ONE))).toEqual(['p-0']);
    expect(idsOf([named('王玮', undefined, 'WW@x.cn')], named('王伟', ONE, 'ww@x.cn'))).toEqual(['p-0']);
  });

  test('with another number, or beside a person who stays, is another’s', () => {
    expect(idsOf([named('王玮', OTHER)], named('王伟', ONE))).toEqual(['new']);
    expect(idsOf([named('王伟', ONE), named('王玮', ONE)], named('王伟', ONE))).toEqual(['p-0', 'new']);
    expect(idsOf([named('赵强', ONE)], named('王伟', ONE))).toEqual(['new']);
  });

  test('of two who share a number is nobody’s', () => {
    expect(idsOf([named('王玮', ONE), named('王纬', ONE)], named('王伟', ONE))).toEqual(['new', 'new']);
    expect(idsOf([named('王玮', ONE)], named('王伟', ONE), named('王韦', ONE))).toEqual(['new']);
  });
});

test('a list of thousands is as soon told as a short one', () => {
  const many = Array.from({ length: 20_000 }, (_, i): Contact => ({ role: 'lead', name: `王${i}` }));
  expect(new Set(idsOf(many, wang('lead')))).toEqual(new Set(['new']));
});
