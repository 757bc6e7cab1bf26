import { collectDefaultMetrics, Registry, register as shared } from 'prom-client';

/** The figures of a process for Prometheus. */
export interface ProcessFigures {
  /** For figures of this part; those of the rooms are in the process's shared registry. */
  own: Registry;
  contentType: string;
  text(): Promise<string>;
}

/**
 * Memory, CPU, event loop and what the rooms count. `ofEngine` gives the text of the figures that the engine's SDK keeps
 * itself; without them the others are still told.
 */
export function createFigures(ofEngine: () => Promise<string> = async () => ''): ProcessFigures {
  const own = new Registry();
  collectDefaultMetrics({ register: own });
  return {
    own,
    contentType: own.contentType,
    text: async () => {
      const [ours, engines] = await Promise.all([Registry.merge([own, shared]).metrics(), ofEngine().catch(() => '')]);
      return `${ours.trimEnd()}\n${engines}`;
    },
  };
}
