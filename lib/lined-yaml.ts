/** YAML that knows the line of each place in it, for whoever has to tell what is wrong where. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';

/** Keys and indices that lead to a place in the file. */
export type YamlPath = ReadonlyArray<PropertyKey>;

export interface LinedYaml {
  /** What is no YAML. The library's message repeats what is written there. */
  mistakes: Array<{ line: number; code: string; message: string }>;
  /** Throws on aliases that lead nowhere or grow without end. */
  value(): unknown;
  /** The line of a key or of an item of a list, or of the nearest place above it that exists. */
  lineOf(path: YamlPath): number;
}

export function readLinedYaml(text: string): LinedYaml {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (offset: number): number => Math.max(1, lines.linePos(offset).line);
  return {
    mistakes: document.errors.map(({ pos: [offset], code, message }) => ({ line: lineAt(offset), code, message })),
    value: () => document.toJS(),
    lineOf: (path) => lineAt(offsetOf(document, path)),
  };
}

function offsetOf(document: Document, path: YamlPath): number {
  if (path.length === 0) return 0;
  const holder = document.getIn(path.slice(0, -1), true);
  const pair = isMap(holder) && holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1));
  const node = pair ? pair.key : document.getIn(path, true);
  return isNode(node) && node.range ? node.range[0] : offsetOf(document, path.slice(0, -1));
}
