/** One HTTP request, which always has exactly one result. */
import { within } from '../../lib/within.js';
import { type ChannelAnswer, GIVEN_UP, inWords, type Refused, refusedFor } from './channel.js';
import { faultBy, HTTP_VERDICTS } from './verdicts/service-verdicts.js';

export interface HttpRequest {
  /** The configured address. Redirects are not followed. */
  url: string;
  method?: 'POST' | 'PUT';
  headers: Record<string, string>;
  body: string;
}

export interface HttpReply {
  status: number;
  /** The beginning of the body, as far as it came. */
  body: string;
  /** Seconds. */
  retryAfter?: number;
}

/**
 * Longer than the 10 s for which `fetch` waits for a connection. So a host that never connects is told from a silent
 * one.
 */
const TIME_LIMIT = 15_000;
const LONGEST_BODY = 64 * 1024;

/** Reads the reply with `read`; without a reply the message is deferred. */
export async function ask(
  { url, method = 'POST', headers, body }: HttpRequest,
  signal: AbortSignal,
  read: (reply: HttpReply) => ChannelAnswer,
  timeLimit = TIME_LIMIT,
): Promise<ChannelAnswer> {
  if (signal.aborted) return GIVEN_UP;
  return within(timeLimit, signal, async (patience) => {
    try {
      const response = await fetch(url, { method, headers, body, redirect: 'manual', signal: patience });
      return read({
        status: response.status,
        body: await beginningOf(response),
        ...waitOf(response.headers.get('retry-after')),
      });
    } catch (error) {
      if (signal.aborted) return { ...GIVEN_UP, perhapsTaken: true };
      return patience.aborted ? refusedFor('server', 'time-out', { perhapsTaken: true }) : unanswered(error);
    }
  });
}

export const isTaken = ({ status }: HttpReply): boolean => status >= 200 && status < 300;

/** A status other than success. After a 5xx the message may have come through. A 503 says that it did not. */
export const refusal = ({ status, retryAfter }: HttpReply, rows = HTTP_VERDICTS): Refused => {
  const fault = faultBy(rows, String(status));
  const perhapsTaken = status >= 500 && status !== 503;
  return refusedFor(fault, status === 429 ? inWords(fault, '') : `http ${status}`, {
    perhapsTaken,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
};

/** A reply that is not the receiver's: a portal's or a proxy's. */
export const UNREADABLE = refusedFor('server', 'answer-unreadable', { perhapsTaken: true });

/** The reply as JSON, `undefined` if it is none. */
export function jsonOf({ body }: HttpReply): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A code that a reason may repeat: too short for somebody's number or secret. */
export const codeInWords = (code: unknown): string => (/^-?\d{1,6}$/.test(String(code)) ? `: ${code}` : '');

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let beginning = '';
  try {
    for await (const chunk of response.body ?? []) {
      beginning += decoder.decode(chunk, { stream: true });
      if (beginning.length > LONGEST_BODY) break;
    }
  } catch {
    // The status is known, and its meaning does not depend on the rest.
  }
  return beginning;
}

/** `Retry-After` is seconds or a date (RFC 9110, 10.2.3). */
function waitOf(header: string | null): { retryAfter?: number } {
  if (header === null) return {};
  const seconds = /^\d+$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - Date.now()) / 1000);
  return Number.isFinite(seconds) ? { retryAfter: Math.max(0, seconds) } : {};
}

const NO_CONNECTION = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']);
const NO_CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|EPROTO)/;

function unanswered(error: unknown): ChannelAnswer {
  const { code = '', syscall = '' } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException;
  if (NO_CERTIFICATE.test(code)) return refusedFor('server', 'certificate-refused');
  const nothingWasSent = NO_CONNECTION.has(code) || ['connect', 'getaddrinfo'].includes(syscall);
  return refusedFor('server', 'server-unreachable', { perhapsTaken: !nothingWasSent });
}
