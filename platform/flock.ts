/** flock(2): the operating system's lock on an open file. It ends with the last process that has the file open. */
import { closeSync, constants, openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import koffi from 'koffi';

// From <sys/file.h>, the same on Linux and macOS.
const LOCK_EX = 2;
const LOCK_NB = 4;

const flock = koffi.load(null).func('int flock(int fd, int operation)');

/**
 * Takes the lock of `file`, made with mode 600 when absent, and answers its descriptor. `undefined` if it is held
 * elsewhere.
 */
export const tryLock = (file: string): number | undefined => {
  const fd = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600);
  if (flock(fd, LOCK_EX | LOCK_NB) === 0) return fd;
  const held = koffi.errno() === koffi.os.errno.EWOULDBLOCK;
  closeSync(fd);
  if (held) return undefined;
  throw new Error(`flock failed on ${file}`);
};

/** Waits at most `patience` milliseconds for the lock of `file`. `undefined` if it is still held then. */
export const lockWithin = async (file: string, patience: number): Promise<number | undefined> => {
  const until = Date.now() + patience;
  for (;;) {
    const fd = tryLock(file);
    if (fd !== undefined || Date.now() >= until) return fd;
    // The kernel does not tell when a lock is given back, short of blocking a thread.
    await delay(50);
  }
};
