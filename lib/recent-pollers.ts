/** A poll takes up to a minute; half a minute is grace. The engine shows a dead worker's last poll for five minutes. */
const RECENTLY_SECONDS = 90;

interface Poller {
  /** `process@host`. */
  identity?: string | null;
  lastAccessTime?: { seconds?: { toString(): string } | null } | null;
}

/** The workers that polled the engine recently, at `now` in milliseconds. */
export const recentPollers = <T extends Poller>(pollers: readonly T[], now: number): T[] =>
  pollers.filter(({ lastAccessTime }) => now / 1000 - Number(lastAccessTime?.seconds ?? 0) < RECENTLY_SECONDS);
