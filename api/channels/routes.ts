/** The ways out of the installation: how they are, and a test message to oneself. */
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { illnesses } from '../../ledger/channel-health.js';
import { knownWays } from '../../ledger/channels.js';
import { contactsOf } from '../../ledger/people/contacts.js';
import { forgetPersonalData, keepPersonalData } from '../../ledger/people/personal-data.js';
import { mailIn } from '../../lib/normal/mail.js';
import { mobileIn } from '../../lib/normal/telephone.js';
import { quoted } from '../../lib/quoted.js';
import { addressOf } from '../../plan/people/contacts.js';
import { beijingIso } from '../../plan/rules/calendar.js';
import { reachesPerson } from '../../plan/rules/ways.js';
import type { Channel } from '../../plan/types.js';
import { CAUSES, partsOfWay } from '../../plan/wording/channel-words.js';
import { failureInWords, MESSAGE_IN_WORDS } from '../../plan/wording/delivery-failures.js';
import type { Context } from '../engine/context.js';
import { invalidFields } from '../http/fields.js';
import { commandIdOf } from '../http/idempotency.js';
import { outcomeUnknown, Problem } from '../http/problems.js';
import { route } from '../http/route.js';
import { channelList, channelPath, channelTest, channelTestRequest } from './schemas.js';

const THOSE_WHO_SET_UP = { administrator: 'any', office: 'any' } as const;

const MINUTE_MS = 60_000;

async function channelsAnswer({ database }: Context) {
  const ill = new Map((await illnesses(database)).map((one) => [one.way, one]));
  const items = (await knownWays(database)).map(({ way, limits, takenAt }) => {
    const illness = ill.get(way);
    const isIll = illness !== undefined && illness.wellSince === null;
    const last = takenAt === null ? {} : { lastSuccessAt: beijingIso(Math.floor(takenAt / MINUTE_MS) * MINUTE_MS) };
    if (!isIll) {
      const state = takenAt === null ? ('unused' as const) : ('well' as const);
      return { ...partsOfWay(way), state, detail: MESSAGE_IN_WORDS[state], ...last, limits };
    }
    const { fault, since, nextTryAt } = illness;
    const times = { since: beijingIso(since), nextTryAt: beijingIso(nextTryAt) };
    return {
      ...partsOfWay(way),
      state: 'ill' as const,
      fault,
      detail: CAUSES[fault],
      ...times,
      ...last,
      limits,
    };
  });
  return { items };
}

/** Where the test goes: an address as its channel takes it, the office's own contact, or a robot by its name. */
async function addressFor(
  { database }: Context,
  channel: Channel,
  { address, contactId }: { address?: string; contactId?: string },
): Promise<string> {
  if (contactId !== undefined) {
    const contact = (await contactsOf(database, 'office')).find((one) => one.contactId === contactId);
    const own = contact && addressOf(contact, channel);
    if (own === undefined)
      throw invalidFields([
        { field: 'contactId', detail: `办公室没有${quoted(contactId)}这位联系人，或没有登记这种渠道的地址，请核对` },
      ]);
    return own;
  }
  const given = address!;
  if (!reachesPerson(channel)) return given;
  const usable = channel === 'email' ? mailIn(given) : mobileIn(given);
  if (usable === undefined) {
    const example = channel === 'email' ? 'duty@example.cn' : '13900000000';
    throw invalidFields([{ field: 'address', detail: `${quoted(given)}不能用于这种渠道，例如 ${example}` }]);
  }
  return usable;
}

/** A test is a real message: it costs money, and wakes whoever has the number. */
const MOST = 5;
const IN_SECONDS = 600;
const limits = new WeakMap<Context['database'], RateLimiterMemory>();

async function requireFewTests({ database }: Context, accountId: string): Promise<void> {
  const limit = limits.get(database) ?? new RateLimiterMemory({ points: MOST, duration: IN_SECONDS });
  limits.set(database, limit);
  await limit.consume(accountId).catch(({ msBeforeNext }: RateLimiterRes) => {
    const seconds = Math.ceil(msBeforeNext / 1000);
    throw new Problem('too-many-attempts', `十分钟内最多测试${MOST}次，请${Math.ceil(seconds / 60)}分钟后再试。`, {
      headers: { 'Retry-After': String(seconds) },
    });
  });
}

export const channelRoutes = [
  route({
    method: 'get',
    path: '/api/v1/channels',
    summary: '配置了的渠道：能否发出、为什么、最近一次成功、限制',
    access: THOSE_WHO_SET_UP,
    answers: { 200: channelList },
    handle: async ({ context }) => ({ status: 200, body: await channelsAnswer(context) }),
  }),
  route({
    method: 'post',
    path: '/api/v1/channels/{channel}/tests',
    summary: '渠道测试：真的发出一条标明【测试】的消息，当场答复结果；十分钟内最多五次',
    access: THOSE_WHO_SET_UP,
    params: channelPath,
    body: channelTestRequest,
    limited: true,
    answers: { 200: channelTest },
    async handle({ context, account, action, key, params: { channel }, body }) {
      const { database, engine } = context;
      const address = await addressFor(context, channel, body);
      await requireFewTests(context, account.accountId);
      const testId = commandIdOf(account.accountId, action, key);
      const reference = await keepPersonalData(database, `channel-test:${testId}`, address);
      try {
        const tested = engine.testChannel(testId, { channel, address: reference });
        const { outcome, reason, fault } = await tested.catch(() => {
          throw outcomeUnknown();
        });
        if (outcome === 'taken') return { status: 200, body: { channel, outcome, detail: MESSAGE_IN_WORDS.tested } };
        const told = { reason: reason ?? 'unknown', ...(fault && { fault }) };
        return { status: 200, body: { channel, outcome, reason: told.reason, ...failureInWords(told) } };
      } finally {
        await forgetPersonalData(database, reference);
      }
    },
  }),
];
