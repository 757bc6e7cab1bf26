/** What a gateway sends, as receipts. Pure. */
import { idAt, isOneOf, type Sign, valueAt } from '../../lib/json-pointer.js';
import type { ReceiptSettings } from '../engine/context.js';

export interface ReadReceipt {
  messageId: string;
  outcome: 'delivered' | 'undelivered';
  reason?: string;
  /** By a key pressed in a call. */
  acknowledged?: true;
}

/** A code that may enter the record: too short for somebody's number. */
const CODE = /^[A-Za-z0-9:_.-]{1,20}$/;
const LONG_NUMBER = /\d{7}/;

/** JSON or a form; `undefined` if it is neither. */
export function contentIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body.includes('=') ? Object.fromEntries(new URLSearchParams(body)) : undefined;
  }
}

/** The fields of an address's query. */
export const fieldsIn = (address: string): unknown =>
  Object.fromEntries(new URLSearchParams(address.split('?').slice(1).join('?')));

/** Those that are final. What names no message, or says of a state in between, is left out. */
export function receiptsIn(content: unknown, settings: ReceiptSettings): ReadReceipt[] {
  const found = valueAt(content, settings.each ?? '');
  return (Array.isArray(found) ? found : [found]).flatMap((one) => {
    const messageId = idAt(one, settings.messageId);
    const pressed = hasSign(one, settings.acknowledged);
    // A key is pressed by somebody who has answered, whatever else is said.
    const outcome = pressed ? 'delivered' : outcomeIn(one, settings);
    if (messageId === undefined || outcome === undefined) return [];
    const acknowledged = pressed ? { acknowledged: true as const } : {};
    return [
      {
        messageId,
        outcome,
        ...acknowledged,
        ...(outcome === 'undelivered' ? { reason: reasonIn(one, settings) } : {}),
      },
    ];
  });
}

const hasSign = (one: unknown, sign: Sign | undefined): boolean =>
  sign !== undefined && isOneOf(valueAt(one, sign.at), sign);

function outcomeIn(one: unknown, { delivered, undelivered }: ReceiptSettings): ReadReceipt['outcome'] | undefined {
  const said = valueAt(one, delivered.at);
  if (isOneOf(said, delivered)) return 'delivered';
  if (undelivered) return isOneOf(valueAt(one, undelivered.at), undelivered) ? 'undelivered' : undefined;
  return said === undefined ? undefined : 'undelivered';
}

function reasonIn(one: unknown, { delivered, undelivered }: ReceiptSettings): string {
  const code = String(valueAt(one, (undelivered ?? delivered).at));
  return CODE.test(code) && !LONG_NUMBER.test(code) ? `not-delivered: ${code}` : 'not-delivered';
}
