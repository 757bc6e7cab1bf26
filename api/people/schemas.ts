import { z } from 'zod';
import { ENDPOINT } from '../../lib/endpoint-name.js';
import { label } from '../../lib/label.js';
import { mailIn } from '../../lib/normal/mail.js';
import { isShortened, mobileIn, phoneIn } from '../../lib/normal/telephone.js';
import { tidy } from '../../lib/normal/text.js';
import { CONTACT_ID, MOBILE } from '../../plan/people/contacts.js';
import { line, unitKind } from '../http/schemas.js';
import { ROLES } from './sheets.js';

const endpoint = z
  .string()
  .max(64)
  .regex(ENDPOINT, { error: '应为已配置的机器人或接口的名称，不要填写网址或密钥' })
  .meta({ description: 'The name of a robot or an endpoint of the configuration' });

export const contactId = z.string().max(64).regex(CONTACT_ID, { error: '应为系统给出的人员编号；新增人员请留空' });

const noMobile = ({ input }: { input?: unknown }): string => {
  if (isShortened(String(input))) return '已被表格软件缩短，号码不全，请把这一列设为“文本”后重新填写，例如 13900000000';
  if (phoneIn(String(input))?.startsWith('0')) return '是座机，收不到短信，请填到“电话”，这里填手机，例如 13900000000';
  return '应为一个能收短信的手机号码，例如 13900000000';
};

const noPhone = ({ input }: { input?: unknown }): string =>
  isShortened(String(input))
    ? '已被表格软件缩短，号码不全，请把这一列设为“文本”后重新填写，例如 0991-4600000'
    : '应为一个电话号码，可以带区号和分机，例如 0991-4600000 或 0991-4600000转8001';

const rolesInWords = Object.entries(ROLES)
  .map(([role, word]) => `${role}（${word}）`)
  .join('、');

export const contact = z
  .strictObject({
    contactId: contactId.optional().meta({ description: 'Keeps the person; one is made when absent' }),
    role: z.enum(['liaison', 'lead', 'deputy'], { error: `应为${rolesInWords}之一` }),
    name: label(200),
    email: z
      .string()
      .max(300)
      .overwrite((typed) => mailIn(typed) ?? typed)
      .refine((typed) => mailIn(typed) === typed, { error: '应为一个电子邮箱，例如 zhangsan@example.com' })
      .meta({ format: 'email', description: 'Full-width signs, `mailto:` and `王伟<…>` are read too' })
      .optional(),
    phone: z
      .string()
      .max(50)
      .overwrite(tidy)
      .refine((typed) => phoneIn(typed) !== undefined, { error: noPhone })
      .optional(),
    sms: z
      .string()
      .max(50)
      .overwrite((typed) => (MOBILE.test(typed) ? typed : (mobileIn(typed) ?? typed)))
      .regex(MOBILE, { error: noMobile })
      .meta({
        description:
          'A mobile of the mainland in eleven digits, or a number abroad with `+`; spaces, dashes and +86 are taken off',
      })
      .optional(),
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
  .object({
    contacts: z.array(contact.extend({ contactId }).meta({ id: 'KnownContact' })),
    warnings: z
      .array(z.string())
      .optional()
      .meta({ description: 'Of an update: whom no message reaches any more, which duties have lost their person' }),
  })
  .meta({ id: 'ContactList' });

export const unitPath = z.object({ unitId: z.string() });
