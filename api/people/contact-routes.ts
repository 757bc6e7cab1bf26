import { contactsOf, replaceContacts } from '../../ledger/people/contacts.js';
import { once } from '../http/idempotent.js';
import { route } from '../http/route.js';
import { theHolder } from './load-holder.js';
import { contacts, contactsRequest, unitPath } from './schemas.js';

/** Contacts of units and bodies (§6.6). */
export const contactRoutes = [
  route({
    method: 'get',
    path: '/api/v1/units/{unitId}/contacts',
    summary: '单位的负责人、联络员和副职；office、city、committee、supervisor 为办公室、市环委办、委员会和监督问责',
    access: { administrator: 'any', office: 'any', unit: 'own' },
    params: unitPath,
    answers: { 200: contacts },
    find: theHolder,
    async handle({ context, found: holder }) {
      return { status: 200, body: { contacts: await contactsOf(context.database, holder) } };
    },
  }),
  route({
    method: 'put',
    path: '/api/v1/units/{unitId}/contacts',
    summary: '更新联系人；带 contactId 的是原有人员，不带的是新增人员',
    access: { administrator: 'any' },
    params: unitPath,
    body: contactsRequest,
    answers: { 200: contacts },
    find: theHolder,
    async handle(call) {
      const { context, found: holder, body } = call;
      await once(call, body, () => replaceContacts(context.database, holder, body.contacts));
      return { status: 200, body: { contacts: await contactsOf(context.database, holder) } };
    },
  }),
];
