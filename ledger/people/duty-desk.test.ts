import { expect, test } from '@jest/globals';
import type { ReferredContact } from './contacts.js';
import { deskOf } from './duty-desk.js';

const person = (name: string, numbers: { phone?: string; sms?: string }): ReferredContact => ({
  reference: name,
  role: 'liaison',
  name,
  ...numbers,
});
const mobile = person('甲', { sms: '13900000000' });
const desk = person('乙', { phone: '0991-4690000', sms: '13900000001' });

test.each([
  ['the first on duty with a telephone is named', [mobile, desk], { officeDuty: '乙', officePhone: '0991-4690000' }],
  ['a number for SMS is never told', [mobile], { officeDuty: '甲', officePhone: '' }],
  ['nobody on duty', [], { officeDuty: '', officePhone: '' }],
])('§6.1 the duty desk: %s', (_, onDuty, expected) => {
  expect(deskOf(onDuty)).toEqual(expected);
});
