/** The faults of an alert: by the schema of OASIS, and by the rules of CAP 1.2 that a schema cannot say. */
import { readFileSync } from 'node:fs';
import { lazily } from '../../lib/lazily.js';
import { type CapAlert, type CapReference, capXml } from './cap.js';

/** In words for the log. An alert with any is never published. */
export async function capFaults(alert: CapAlert): Promise<string[]> {
  return [...ruleFaults(alert), ...(await schemaFaults(capXml(alert)))];
}

/** CAP 1.2, section 3.2: an id and a sender have neither spaces nor commas nor `<` and `&`, because references are parted by them. */
const UNFIT = /[\s,<&]|^$/;
/** `±hh:mm`, and never `Z`. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

function ruleFaults(alert: CapAlert): string[] {
  const { msgType, status, references, note, info } = alert;
  const moments = [info.effective, info.onset, ...(info.expires === undefined ? [] : [info.expires])];
  const faults: Array<[isFault: boolean, words: string]> = [
    [[alert, ...references].some(isUnfit), 'an identifier, sender or time that cannot be referred to'],
    [msgType === 'Alert' && references.length > 0, 'an Alert with references'],
    [msgType !== 'Alert' && references.length === 0, `${msgType} without references`],
    [references.some(({ identifier }) => identifier === alert.identifier), 'a reference to itself'],
    [references.some(({ sent }) => isLater(sent, alert.sent)), 'a reference to a later alert'],
    [status === 'Exercise' && !note?.trim(), 'an Exercise without a note that says which'],
    [!moments.every((one) => MOMENT.test(one)), 'a time that is not ±hh:mm'],
    [isLater(alert.sent, info.expires) || isLater(info.onset, info.expires), 'expires before it is sent or begins'],
    [(info.responseType === 'AllClear') !== (info.urgency === 'Past'), 'AllClear of what is not past, or the reverse'],
    [msgType === 'Cancel' && info.responseType !== 'AllClear', 'Cancel without AllClear'],
    [![info.headline, info.description, info.areaDesc, info.senderName].every((one) => one.trim()), 'a blank text'],
  ];
  return faults.flatMap(([isFault, words]) => (isFault ? [words] : []));
}

const isUnfit = ({ identifier, sender, sent }: CapReference): boolean =>
  UNFIT.test(identifier) || UNFIT.test(sender) || !MOMENT.test(sent);

const isLater = (one: string, other: string | undefined): boolean =>
  other !== undefined && Date.parse(one) > Date.parse(other);

/** The library is WebAssembly, loaded with the first alert. */
const openSchema = lazily(async () => {
  const { XmlDocument, XsdValidator } = await import('libxml2-wasm');
  const text = readFileSync(new URL('./CAP-v1.2.xsd', import.meta.url), 'utf8');
  return { XmlDocument, validator: XsdValidator.fromDoc(XmlDocument.fromString(text)) };
});

async function schemaFaults(xml: string): Promise<string[]> {
  const { XmlDocument, validator } = await openSchema();
  let document: ReturnType<typeof XmlDocument.fromString> | undefined;
  try {
    document = XmlDocument.fromString(xml);
    validator.validate(document);
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  } finally {
    document?.dispose();
  }
}
