/** Times that go on: the clock of an episode, moments, and what is left until one. */
import { useEffect, useState } from 'react';
import { commonTexts } from '../texts/zh-CN/common.js';
import type { Schemas } from './api.js';
import { millisecondsOf, momentInWords, timeWithSeconds } from './beijing.js';

/** The present, anew every `every` milliseconds. */
export function useNow(every = 1000): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

/** The clock of an episode: a drill's runs `timeScale` times as fast. `readAt` is the moment of the answer, by this device. */
export interface EpisodeClockFace {
  episodeTime: string;
  timeScale: number;
  readAt: number;
}

export const clockFaceOf = ({ episodeTime, timeScale }: Schemas['Episode'], readAt: number): EpisodeClockFace => ({
  episodeTime,
  timeScale,
  readAt,
});

/** Only what passed on this device since the answer counts, so a wrong clock of the device decides nothing. */
export const nowOnClock = ({ episodeTime, timeScale, readAt }: EpisodeClockFace, now = Date.now()): number =>
  millisecondsOf(episodeTime) + (now - readAt) * timeScale;

/** The time of day alone where the moment is of the day of `now`. */
export function Timestamp({ at, now }: { at: string; now?: number }) {
  return (
    <time className="number" dateTime={at}>
      {momentInWords(at, now)}
    </time>
  );
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `3小时05分`; whole minutes, so that what is said does not change each second. */
export function lengthInWords(milliseconds: number): string {
  const words = commonTexts.duration;
  const length = Math.abs(milliseconds);
  if (length < MINUTE) return words.seconds;
  if (length < HOUR) return words.minutes(Math.floor(length / MINUTE));
  if (length < DAY) return words.hours(Math.floor(length / HOUR), Math.floor((length % HOUR) / MINUTE));
  return words.days(Math.floor(length / DAY), Math.floor((length % DAY) / HOUR));
}

/** `还有25分钟` or `已过1小时05分`. No live region: it would be read aloud each minute. */
export function Countdown({ until, clock }: { until: string; clock: EpisodeClockFace }) {
  const left = millisecondsOf(until) - nowOnClock(clock, useNow());
  const words = lengthInWords(left);
  return (
    <span className={left < 0 ? 'countdown over number' : 'countdown number'}>
      {left < 0 ? commonTexts.duration.over(words) : commonTexts.duration.left(words)}
    </span>
  );
}

export function BeijingClock() {
  return (
    <span className="number">
      {commonTexts.beijing} {timeWithSeconds(useNow())}
    </span>
  );
}
