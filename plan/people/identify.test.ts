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

test('a list of thousands is as soon told as a short one', () => {
  const many = Array.from({ length: 20_000 }, (_, i): Contact => ({ role: 'lead', name: `王${i}` }));
  expect(new Set(idsOf(many, wang('lead')))).toEqual(new Set(['new']));
});
