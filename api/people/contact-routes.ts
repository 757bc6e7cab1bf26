import { contactsOf, replaceContacts, versionOf } from '../../ledger/people/contacts.js';
import { quoted } from '../../lib/quoted.js';
import { holdersOf } from '../../plan/people/holders.js';
import type { KnownContact } from '../../plan/types.js';
import type { Context } from '../engine/context.js';
import { once } from '../http/idempotent.js';
import { Problem } from '../http/problems.js';
import { type Answer, route } from '../http/route.js';
import { versionIn } from '../http/versions.js';
import { comingDutiesOf } from './coming-duties.js';
import { theHolder } from './load-holder.js';
import { contacts, contactsRequest, unitPath } from './schemas.js';
import { listWarnings } from './warnings.js';

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
    handle: ({ context, found: holder }) => contactsAnswer(context, holder),
  }),
  route({
    method: 'put',
    path: '/api/v1/units/{unitId}/contacts',
    summary: '更新联系人；带 contactId 的是原有人员，不带的是新增人员；带 If-Match 时不会覆盖他人的修改',
    access: { administrator: 'any' },
    ifMatch: true,
    params: unitPath,
    body: contactsRequest,
    answers: { 200: contacts },
    find: theHolder,
    async handle(call) {
      const { context, found: holder, body } = call;
      const basis = versionIn(call.request.get('If-Match'));
      const before = await contactsOf(context.database, holder);
      await once(call, body, async () => {
        if ((await replaceContacts(context.database, holder, body.contacts, basis)) === 'changed')
          throw new Problem(
            'contacts-changed',
            `联系人名单在您读取的版本${quoted(basis ?? '')}之后已被他人修改，请重新读取名单，核对后再保存。`,
          );
      });
      return contactsAnswer(context, holder, before);
    },
  }),
];

/** `before`: the list that an update has replaced. */
async function contactsAnswer(context: Context, holder: string, before?: KnownContact[]): Promise<Answer> {
  const contacts = await contactsOf(context.database, holder);
  const warnings = before && (await warningsAfter(context, holder, before, contacts));
  return {
    status: 200,
    body: { contacts, ...(warnings?.length ? { warnings } : {}) },
    headers: { ETag: `"${versionOf(contacts)}"` },
  };
}

async function warningsAfter(
  { database, edition, clock }: Context,
  holder: string,
  before: KnownContact[],
  after: KnownContact[],
): Promise<string[]> {
  const coming = await comingDutiesOf(database, [holder], clock());
  const name = holdersOf(edition).find(({ unitId }) => unitId === holder)?.name ?? holder;
  return listWarnings({ unitId: holder, name }, before, after, coming);
}
