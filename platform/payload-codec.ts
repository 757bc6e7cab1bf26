/**
 * Compresses large payloads, so that the state of an episode of 1,000 units fits through continue-as-new
 * (docs/design.md, "Growth and change").
 */
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { defaultPayloadConverter, type Payload, type PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const ENCODING = 'binary/gzip';
/** Below this, compression costs more than it saves. */
const WORTHWHILE_BYTES = 1024;

const compress = promisify(gzip);
const expand = promisify(gunzip);
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const compressed = async (payload: Payload): Promise<Payload> => {
  if ((payload.data?.byteLength ?? 0) < WORTHWHILE_BYTES) return payload;
  const data = await compress(PayloadMessage.encode(payload).finish(), { level: 1 });
  return { metadata: { encoding: Buffer.from(ENCODING) }, data };
};

const expanded = async (payload: Payload): Promise<Payload> => {
  const encoding = payload.metadata?.encoding;
  if (!encoding || !payload.data || Buffer.from(encoding).toString() !== ENCODING) return payload;
  return PayloadMessage.decode(await expand(payload.data));
};

export const payloadCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(compressed)),
  decode: (payloads) => Promise.all(payloads.map(expanded)),
};

/** Client and worker must use the same converter. */
export const dataConverter = { payloadCodecs: [payloadCodec] };

/** The value of the first of an event's payloads, as histories hold them. */
export async function readPayload<T>(payloads: { payloads?: Payload[] | null } | null | undefined): Promise<T> {
  const [payload] = await payloadCodec.decode(payloads?.payloads ?? []);
  return defaultPayloadConverter.fromPayload<T>(payload!);
}
