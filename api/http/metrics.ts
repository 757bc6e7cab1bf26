import { Gauge, Histogram } from 'prom-client';
import { createFigures } from '../../lib/process-figures.js';
import { type Measured, measureRecord } from './record-figures.js';

export interface Metrics {
  /** Seconds from request to answer, by route as the contract writes it. */
  requests: Histogram<'method' | 'route' | 'status'>;
  /** Commands that went to the engine in one update. */
  batches: Histogram;
  /** Counts the streams of events that are open, when it is asked. */
  countStreams(count: () => number): void;
  contentType: string;
  /** These figures and those of the other rooms in this process. */
  text(): Promise<string>;
}

export function createMetrics(measured: Measured & { engineFigures?: (() => Promise<string>) | undefined }): Metrics {
  const { own, contentType, text } = createFigures(measured.engineFigures);
  measureRecord(own, measured);
  return {
    requests: new Histogram({
      name: 'qingkong_http_request_seconds',
      help: 'Time from an HTTP request to its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers: [own],
    }),
    batches: new Histogram({
      name: 'qingkong_gate_batch_commands',
      help: 'Commands in one update to an episode',
      buckets: [1, 2, 5, 10, 20, 50, 100],
      registers: [own],
    }),
    countStreams(count) {
      new Gauge({
        name: 'qingkong_event_streams',
        help: 'Streams of events that are open',
        registers: [own],
        collect() {
          this.set(count());
        },
      });
    },
    contentType,
    text,
  };
}
