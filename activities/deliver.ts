/** Sends what a turn calls for; the loop of the episode never waits for a mail server (design, §4). */
import { setMaxListeners } from 'node:events';
import type { Delivery, DeliveryResult } from '../episode/types.js';
import { referredContactsOf } from '../ledger/contacts.js';
import type { Database } from '../ledger/database.js';
import { type Before, markFailed, markSending, markTaken } from '../ledger/deliveries.js';
import { createLinks, type Links } from '../ledger/links.js';
import { findEntries, readState } from '../ledger/reading.js';
import type { Messages } from '../plan/messages/templates.js';
import type { DeliverInput, DeliverResult } from '../workflows/contract.js';
import { acknowledgeLinkFor } from './acknowledge-link.js';
import type { Mailer } from './mail/mailer.js';
import { letterTo } from './mail/messages.js';
import type { Announcement } from './mail/story.js';
import { holderOf, type Outbound, outboundOf, outstanding, UNREACHABLE } from './outbound.js';

export interface DeliverySettings {
  database: Database;
  mailer: Mailer;
  publicUrl: string;
  /** Verbatim text of a task of the edition. */
  textOf(taskId: string): string;
  /** The edition's wording. */
  messages: Messages;
  /** Milliseconds after which what is not sent is deferred; a delivery ends within 60 s. */
  patience?: number;
}

/**
 * Writes to every contact at once; no contact's failure is another's. Fails only when the ledger cannot be read or
 * written, and then after every message has come to its end, so that the next try finds each row as it is.
 */
export function deliverer(settings: DeliverySettings) {
  const links = createLinks(settings.database);
  return async ({ episodeId, deliveries }: DeliverInput, cancelled: AbortSignal): Promise<DeliverResult> => {
    const outbounds = await compose({ ...settings, links }, episodeId, deliveries);
    const before = await markSending(
      settings.database,
      outbounds.map(({ key }) => key),
    );
    const patience = AbortSignal.any([cancelled, AbortSignal.timeout(settings.patience ?? 50_000)]);
    // Each message listens to it.
    setMaxListeners(0, patience);
    const results = await everyEnd(outbounds.map((outbound, i) => send(settings, outbound, before[i]!, patience)));
    return deliveries.map(({ key, settled }) => {
      const contacts = results.filter((_, i) => outbounds[i]!.key.delivery === key);
      return { delivery: key, contacts: contacts.length === 0 && settled.length === 0 ? [UNREACHABLE] : contacts };
    });
  };
}

type ComposeSettings = DeliverySettings & { links: Links };

/** The messages, with contacts as they are at the moment of sending. */
async function compose(settings: ComposeSettings, episodeId: string, deliveries: Delivery[]): Promise<Outbound[]> {
  const { database } = settings;
  const state = await readState(database, episodeId);
  if (!state) throw new Error(`no episode ${episodeId} in the ledger`);
  const told = deliveries.flatMap(({ about }) => about);
  const entries = await findEntries(database, episodeId, [...told, ...state.notices.map(({ seq }) => seq)]);
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const announcements = state.notices.map(({ seq }) => bySeq.get(seq) as Announcement);

  const composed = deliveries.map(async (delivery) => {
    const about = delivery.about.map((seq) => bySeq.get(seq)!);
    const letter = letterTo(delivery.to, { ...settings, state, announcements, entries: about });
    const contacts = await referredContactsOf(database, holderOf(delivery));
    return Promise.all(
      outstanding(delivery, contacts).map(async (contact) => {
        const linked = { episodeId, contact: contact.reference };
        const link = await acknowledgeLinkFor(settings, delivery, about, linked);
        return outboundOf(episodeId, delivery, contact, letter(link), Date.parse(about[0]!.at));
      }),
    );
  });
  return (await Promise.all(composed)).flat();
}

/** A row found open was perhaps taken before a crash: it is sent again and says so. */
async function send(
  { database, mailer }: DeliverySettings,
  { key, contactHash, message }: Outbound,
  before: Before,
  patience: AbortSignal,
): Promise<DeliveryResult> {
  const result = { contact: key.contact, contactHash, channel: 'email' as const };
  if (before === 'taken') return { ...result, outcome: 'taken' };

  const answer = await mailer.send(message, patience);
  if (answer.outcome === 'taken') {
    await markTaken(database, key, answer.messageId);
    return { ...result, outcome: 'taken', ...(before === 'open' ? { perhapsTwice: true } : {}) };
  }
  const staysOpen = answer.outcome === 'deferred' && (answer.perhapsTaken || before === 'open');
  if (!staysOpen) await markFailed(database, key, answer.reason);
  return { ...result, outcome: answer.outcome, reason: answer.reason };
}

/** As `Promise.all`, but nothing is still under way when it fails. */
async function everyEnd<T>(promises: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
