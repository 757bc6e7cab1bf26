/**
 * Spans of the way from a request to its messages (docs/decisions/0037-traces.md). Nothing about a trace goes through the
 * engine: a command has its id on both sides of it, and the ids of its trace follow from that.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createHash, randomBytes } from 'node:crypto';
import {
  type Attributes,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  TraceFlags,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { LRUCache } from 'lru-cache';

let isOn = false;

/** Without it nothing is told, and nothing is looked up for it. */
export function startTracing(provider: TracerProvider): void {
  trace.setGlobalTracerProvider(provider);
  isOn = true;
}

export const isTracing = (): boolean => isOn;

/** The ids of the span that is being made; random ones otherwise. */
let given: SpanContext | undefined;

export const SPAN_IDS = {
  generateTraceId: () => given?.traceId ?? randomBytes(16).toString('hex'),
  generateSpanId: () => given?.spanId ?? randomBytes(8).toString('hex'),
};

/** The span from which all others of a command, or of what the episode did by itself, hang. */
export function originOf(what: string): SpanContext {
  const hash = createHash('sha256').update(`trace ${what}`).digest('hex');
  return { traceId: hash.slice(0, 32), spanId: hash.slice(32, 48), traceFlags: TraceFlags.SAMPLED, isRemote: true };
}

interface SpanOptions {
  name: string;
  kind?: SpanKind;
  /** Ids and closed sets of values; nothing of a person. */
  attributes: Attributes;
  /** Real milliseconds since 1970. */
  startedAt: number;
  endedAt?: number;
}

const tracer = () => trace.getTracer('qingkong');
const below = (origin: SpanContext) => trace.setSpanContext(ROOT_CONTEXT, origin);

/** A span that is over. */
export function tellSpan(
  { name, kind = SpanKind.INTERNAL, attributes, startedAt, endedAt = Date.now() }: SpanOptions,
  place: { below?: SpanContext; as?: SpanContext },
): void {
  if (!isOn) return;
  given = place.as;
  const context = place.below ? below(place.below) : ROOT_CONTEXT;
  const span = tracer().startSpan(name, { kind, attributes, startTime: startedAt }, context);
  given = undefined;
  span.end(endedAt);
}

/** Commands whose request was told in this process: a repeat hangs from the first. */
const told = new LRUCache<string, true>({ max: 10_000 });

/** A request that is over. */
export function tellRequest(commandId: string | undefined, span: Omit<SpanOptions, 'kind'>): void {
  const request = { ...span, kind: SpanKind.SERVER };
  if (!isOn) return;
  if (commandId === undefined) {
    tellSpan(request, {});
    return;
  }
  const origin = originOf(commandId);
  tellSpan(request, told.has(commandId) ? { below: origin } : { as: origin });
  told.set(commandId, true);
}

const origins = new AsyncLocalStorage<ReadonlyMap<string, SpanContext>>();

/** Messages go out during this work; the map has what each is about. */
export const withOrigins = <T>(of: ReadonlyMap<string, SpanContext>, work: () => T): T => origins.run(of, work);

/** A message was handed to a channel. */
export function tellSending(message: string, startedAt: number, attributes: Attributes): void {
  const origin = origins.getStore()?.get(message);
  if (origin) tellSpan({ name: 'send', kind: SpanKind.CLIENT, attributes, startedAt }, { below: origin });
}
