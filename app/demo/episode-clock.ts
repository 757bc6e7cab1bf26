import { setTimeout as pause } from 'node:timers/promises';
import { episodeTimeAt, realTimeOf } from '../../episode/clock.js';
import type { Clock } from '../../episode/commands.js';

/** The drill's clock as read off an answer of the episode. */
export class EpisodeClock {
  constructor(private readonly clock: Clock) {}

  static readOff({ episodeTime, timeScale }: { episodeTime: string; timeScale: number }): EpisodeClock {
    return new EpisodeClock({ realAnchor: Date.now(), episodeAnchor: Date.parse(episodeTime), timeScale });
  }

  now(): number {
    return episodeTimeAt(this.clock, Date.now());
  }

  /** Waits until the episode has reached the moment; the answer it was read off was a little older than now. */
  async until(moment: number): Promise<void> {
    // A timer may ring a millisecond early: at a high scale that is many minutes.
    for (let wait = this.wait(moment); wait > 0; wait = this.wait(moment)) await pause(wait);
  }

  private wait(moment: number): number {
    return realTimeOf(this.clock, moment) - Date.now();
  }
}
