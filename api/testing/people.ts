/** Three people of a unit, known and as a file of contacts has them. For tests alone. */
import type { ContactsAndDuties } from '../../ledger/people/import-content.js';
import type { KnownContact } from '../../plan/types.js';

export const CONTACTS_HEADER = '单位编号,单位,职责,姓名,电子邮箱,电话,短信号码,企业微信机器人,钉钉机器人,接口,人员编号';
export const ROSTER_HEADER = '单位编号,单位,日期,班次,开始,结束,姓名,人员编号';

export const THREE_PEOPLE: KnownContact[] = [
  { contactId: 'liaison:1', role: 'liaison', name: '王伟', email: 'ww@education.example.cn', sms: '13900000001' },
  { contactId: 'lead:1', role: 'lead', name: '李芳', email: 'lf@education.example.cn', sms: '13900000002' },
  { contactId: 'deputy:1', role: 'deputy', name: '阿不都·买买提', sms: '13900000003' },
];
export const ALL_PRESENT: ContactsAndDuties = { contacts: { education: THREE_PEOPLE }, days: [] };

export const CONTACT_ROWS = [
  'education,,联络员,王伟,ww@education.example.cn,,13900000001,,,,',
  'education,,负责人,李芳,lf@education.example.cn,,13900000002,,,,',
  'education,,副职,阿不都·买买提,,,13900000003,,,,',
];
