/** A poll takes up to a minute, and the engine shows a dead worker's last one for five: half a minute of grace is added. */
const RECENTLY_SECONDS = 90;

interface Poller {
  /** `process@host`. */
  identity?: string | null;
  lastAccessTime?: { seconds?: { toString(): string } | null } | null;
}

/** The workers that have asked the engine for work of late, at `now` in milliseconds. */
export const recentPollers = <T extends Poller>(pollers: readonly T[], now: number): T[] =>
  pollers.filter(({ lastAccessTime }) => now / 1000 - Number(lastAccessTime?.seconds ?? 0) < RECENTLY_SECONDS);
