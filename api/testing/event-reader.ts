/** Reads a stream of events as a browser does, for tests. */
import { eventually } from '../../lib/testing/eventually.js';

export interface ReadEvent {
  event: string;
  data: Record<string, unknown>;
}

export interface EventReader {
  response: Response;
  events: ReadEvent[];
  /** Waits for the first event after `from` events that is as wished. */
  first(event: string, isAsWished?: (data: Record<string, unknown>) => boolean, from?: number): Promise<ReadEvent>;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  hangUp(): void;
}

export async function readEvents(url: string, token: string): Promise<EventReader> {
  const hungUp = new AbortController();
  const response = await fetch(`${url}/api/v1/events`, {
    headers: { Authorization: `Bearer ${token}` },
    signal: hungUp.signal,
  });
  const events: ReadEvent[] = [];
  const read = async (): Promise<void> => {
    if (!response.ok || !response.body) return;
    let text = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const parts = (text + chunk).split('\n\n');
      text = parts.pop()!;
      for (const part of parts) {
        const [, event, data] = /^event: (.+)\ndata: (.+)$/.exec(part) ?? [];
        if (event !== undefined && data !== undefined) events.push({ event, data: JSON.parse(data) });
      }
    }
  };
  let isOver = false;
  const ended = read()
    .catch(() => undefined)
    .then(() => {
      isOver = true;
    });
  return {
    response,
    events,
    ended,
    hangUp: () => hungUp.abort(),
    async first(event, isAsWished = () => true, from = 0) {
      const wanted = (one: ReadEvent) => one.event === event && isAsWished(one.data);
      await eventually(
        `an event ${event}`,
        () => isOver || events.slice(from).some(wanted),
        (seen) => seen,
      );
      const found = events.slice(from).find(wanted);
      if (!found) throw new Error(`the stream (${response.status}) ended without ${event}: ${JSON.stringify(events)}`);
      return found;
    },
  };
}
