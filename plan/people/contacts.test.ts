import { expect, test } from '@jest/globals';
import type { Contact } from '../types.js';
import { addressOf, comparableAddress, mainlandMobile, numberToRing, unreachableBecause } from './contacts.js';

const contact = (numbers: Partial<Contact>): Contact => ({ role: 'liaison', name: '甲', ...numbers });

test.each([
  ['a telephone before a mobile', { phone: '0991-4690001', sms: '13900000000' }, '09914690001'],
  [
    'the mobile where the telephone has an extension',
    { phone: '0991-4690000转8001', sms: '13900000000' },
    '13900000000',
  ],
  ['nothing where no number can be dialled', { phone: '总机转值班室' }, undefined],
  ['nothing without a number', { email: 'a@education.cn' }, undefined],
])('§6.1 a voice gateway dials %s', (_, numbers, expected) => {
  expect(addressOf(contact(numbers), 'call')).toBe(expected);
});

test('a person rings the telephone as it is written, extension and all', () => {
  expect(numberToRing({ phone: '0991-4690000转8001', sms: '13900000000' })).toBe('0991-4690000转8001');
});

test.each([
  ['a telephone alone', { phone: '0991-4690001' }, 'no-channel'],
  ['a group robot alone', { wecom: '工作群' }, 'no-channel'],
  ['a mobile', { sms: '13900000000' }, undefined],
])('§6.6 %s: out of reach because of %s', (_, numbers, expected) => {
  expect(unreachableBecause('education', [contact(numbers)])).toBe(expected);
});

test('§3.1.4 public media are reached by their endpoint alone, and an office may have none', () => {
  const because = (numbers: object) => unreachableBecause('media', [contact(numbers)]);
  expect([because({ webhook: '电子屏' }), because({ sms: '13900000000' }), unreachableBecause('media', [])]).toEqual([
    undefined,
    'no-channel',
    undefined,
  ]);
});

test.each([
  [
    'sms',
    '13900000001',
    ['+8613900000001', '+86 139 0000 0001', '0086-13900000001', '86 13900000001', '１３９００００000１'],
  ],
  ['email', 'ww@education.cn', ['WW@education.cn', ' ww@Education.CN ']],
] as const)('an address by %s is one however it is written', (channel, one, others) => {
  for (const other of others) expect(comparableAddress(channel, other)).toBe(one);
});

test('what is no number is itself', () => {
  expect(['总机', '值班室'].map((number) => comparableAddress('sms', number))).toEqual(['总机', '值班室']);
});

test.each([
  ['+86 139 0000 0001', '13900000001'],
  ['0991-4690001', undefined],
  ['+99365123456', undefined],
  ['86139000000012', undefined],
])('%s as a mobile of the mainland is %s', (number, mobile) => {
  expect(mainlandMobile(number)).toBe(mobile);
});
