/** Reads XML as it is unpacked, without keeping it. */
import sax from 'sax';

export interface XmlReader {
  /** By the name of an element, without its prefix. */
  starts?: Record<string, (attributes: Record<string, string>) => void>;
  /** With the text within the element. */
  ends?: Record<string, (text: string) => void>;
  /** Elements whose content is passed over. */
  skipped?: readonly string[];
}

/** @throws Error when it is no XML */
export async function readXml(
  chunks: AsyncIterable<Uint8Array>,
  { starts = {}, ends = {}, skipped = [] }: XmlReader,
): Promise<void> {
  const xml = sax.parser(true, { position: false });
  let text = '';
  let within = 0;
  xml.onopentag = ({ name, attributes }) => {
    const element = bare(name);
    if (skipped.includes(element)) within += 1;
    if (within > 0) return;
    text = '';
    if (Object.hasOwn(starts, element))
      starts[element]!(
        Object.fromEntries(Object.entries(attributes).map(([key, value]) => [bare(key), String(value)])),
      );
  };
  xml.ontext = (more) => {
    if (within === 0) text += more;
  };
  xml.oncdata = xml.ontext;
  xml.onclosetag = (name) => {
    const element = bare(name);
    if (within === 0 && Object.hasOwn(ends, element)) ends[element]!(text);
    if (skipped.includes(element)) within -= 1;
  };
  xml.onerror = (error) => {
    throw error;
  };

  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(chunk[0] === 0xff ? 'utf-16le' : chunk[0] === 0xfe ? 'utf-16be' : 'utf-8');
    xml.write(decoder.decode(chunk, { stream: true }));
  }
  xml.close();
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);
