import { describe, expect, test } from '@jest/globals';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { payloadCodec } from './payload-codec.js';

const payloadOf = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const size = (payloads: Payload[]): number => payloads.reduce((sum, { data }) => sum + (data?.byteLength ?? 0), 0);
const units = Array.from({ length: 1000 }, (_, index) => ({ unitId: `unit-${index}`, reports: {}, tasks: ['a', 'b'] }));

describe('payload codec', () => {
  test.each([
    ['nothing', undefined],
    ['a word', 'accepted'],
    ['Chinese', '重污染天气'.repeat(500)],
    ['1,000 units', units],
  ])('%s comes back as it was', async (_, value) => {
    const [back] = await payloadCodec.decode(await payloadCodec.encode([payloadOf(value)]));
    expect(defaultPayloadConverter.fromPayload(back as Payload)).toEqual(value);
  });

  test('the state of 1,000 units shrinks to a fraction', async () => {
    const plain = [payloadOf(units)];
    expect(size(await payloadCodec.encode(plain))).toBeLessThan(size(plain) / 5);
  });

  test('small payloads are left alone, for people to read in the engine', async () => {
    const plain = [payloadOf({ status: 'accepted' })];
    expect(await payloadCodec.encode(plain)).toEqual(plain);
  });
});
