/** Word that something on the server has changed: about one episode, or, without an id, whatever is shown. */
type Listener = (episodeId?: string) => void;

const listeners = new Set<Listener>();

export const tellNews: Listener = (episodeId) => {
  for (const listener of listeners) listener(episodeId);
};

/** Answers how to stop listening. */
export function whenNews(listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
