import { z } from 'zod';
import { ENDPOINT } from '../../lib/endpoint-name.js';
import { label } from '../../lib/label.js';
import { CONTACT_ID, MOBILE } from '../../plan/people/contacts.js';
import { line, unitKind } from '../http/schemas.js';

const endpoint = z
  .string()
  .max(64)
  .regex(ENDPOINT, { error: '应为已配置的机器人或接口的名称，不要填写网址或密钥' })
  .meta({ description: 'The name of a robot or an endpoint of the configuration' });

export const contactId = z.string().max(64).regex(CONTACT_ID, { error: '应为系统给出的人员编号；新增人员请留空' });

export const contact = z
  .strictObject({
    contactId: contactId.optional().meta({ description: 'Keeps the person; one is made when absent' }),
    role: z.enum(['liaison', 'lead', 'deputy']),
    name: label(200),
    email: z.email().max(200).optional(),
    phone: z
      .string()
      .regex(/^[+\d][\d -]{2,30}$/, { error: '应为电话号码' })
      .optional(),
    sms: z.string().regex(MOBILE, { error: '应为能收短信的手机号码，如 13800000000' }).optional(),
    wecom: endpoint.optional(),
    dingtalk: endpoint.optional(),
    webhook: endpoint.optional(),
  })
  .meta({ id: 'Contact' });

export const MOST_CONTACTS = 20;

const contactList = z
  .array(contact)
  .max(MOST_CONTACTS)
  .refine(
    (list) => {
      const ids = list.flatMap(({ contactId }) => contactId ?? []);
      return new Set(ids).size === ids.length;
    },
    { error: '人员编号（contactId）重复，请每人一个，新增人员留空' },
  );

export const contactsRequest = z.strictObject({ contacts: contactList }).meta({ id: 'Contacts' });

export const unitRequest = z
  .strictObject({
    unitId: line.optional(),
    name: line.optional(),
    kind: unitKind.optional(),
    contacts: contactList.default([]),
  })
  .refine((body) => (body.unitId === undefined) === (body.name !== undefined && body.kind !== undefined), {
    path: ['unitId'],
    error: '请填写名录中单位的 unitId，或者新单位的 name 和 kind',
  })
  .meta({ id: 'UnitRequest' });

export const contacts = z
  .object({ contacts: z.array(contact.extend({ contactId }).meta({ id: 'KnownContact' })) })
  .meta({ id: 'ContactList' });

export const unitPath = z.object({ unitId: z.string() });
