import { setTimeout as pause } from 'node:timers/promises';
import { episodeTimeAt, realTimeOf } from '../../episode/clock.js';
import type { Clock } from '../../episode/commands.js';

/** The drill's clock, read from an answer of the episode. */
export class EpisodeClock {
  constructor(private readonly clock: Clock) {}

  static readOff({ episodeTime, timeScale }: { episodeTime: string; timeScale: number }): EpisodeClock {
    return new EpisodeClock({ realAnchor: Date.now(), episodeAnchor: Date.parse(episodeTime), timeScale });
  }

  now(): number {
    return episodeTimeAt(this.clock, Date.now());
  }

  /** Waits until the episode has surely reached the moment: this clock is a little behind the episode's. */
  async until(moment: number): Promise<void> {
    // A timer may ring a millisecond early. In a drill of 86,400 times the speed that is 86 seconds.
    for (let wait = this.wait(moment); wait > 0; wait = this.wait(moment)) await pause(wait);
  }

  private wait(moment: number): number {
    return realTimeOf(this.clock, moment) - Date.now();
  }
}
