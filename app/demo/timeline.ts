import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { WARNING_LEVELS } from '../../plan/types.js';

const notice = z.strictObject({
  number: z.string(),
  issuer: z.string(),
  issuedAt: z.iso.datetime({ offset: true }),
  text: z.string(),
});
const levelled = notice.extend({ level: z.enum(WARNING_LEVELS) });
/** Told by telephone; the number comes later. */
const announced = levelled.extend({
  effectiveAt: z.iso.datetime({ offset: true }),
  numberedAt: z.iso.datetime({ offset: true }),
});

const timeline = z.strictObject({
  sources: z.array(z.url()).min(1),
  notices: z.strictObject({ start: announced, adjustment: levelled, lift: notice }),
  drill: z.strictObject({
    timeScale: z.number().int(),
    policy: z.strictObject({
      acknowledgementMinutes: z.number(),
      liftingAcknowledgement: z.number(),
      implementationReportMinutes: z.number(),
      dailyReportTime: z.string(),
      followUpReportHours: z.number(),
      summaryHours: z.number(),
      reviewHours: z.number(),
    }),
  }),
});

/** The notices of a real episode, and the speed and policy of the drill that replays them. */
export type Timeline = z.infer<typeof timeline>;

export const readTimeline = (file: URL): Timeline => timeline.parse(parse(readFileSync(file, 'utf8')));
