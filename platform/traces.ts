import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { SPAN_IDS, startTracing } from '../lib/traces.js';

export type TracedPart = 'qingkong' | 'qingkong-worker' | 'qingkong-api';

const WITHIN_MS = 5_000;

/**
 * Spans go to the collector from now on, some seconds after each other. What it does not take within that time is dropped:
 * nothing waits for it. Answers how to hand over the last ones.
 */
export function openTraces(endpoint: string, part: TracedPart): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces`, timeoutMillis: WITHIN_MS });
  const provider = new TracerProvider({
    idGenerator: SPAN_IDS,
    resource: resourceFromAttributes({ 'service.name': part }),
    spanProcessors: [new BatchSpanProcessor({ exporter, scheduledDelayMillis: 1_000, exportTimeoutMillis: WITHIN_MS })],
  });
  startTracing(provider);
  return () => provider.shutdown().catch(() => undefined);
}
