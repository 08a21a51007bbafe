import { mkdirSync, readlinkSync, rmdirSync, rmSync, statSync, symlinkSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { codeOf } from "../../model/caught";
import { isAlive } from "../../offline/temporary-folder";

/** Milliseconds between two looks at a lock that somebody holds. */
const pause = 200;
/** Milliseconds that one waits for a holder that lives: several times what npm takes on a slow line. */
const patience = 15 * 60_000;
/** Breaking a lock takes milliseconds: a guard this old is of one that was killed meanwhile. */
const oldGuard = 2 * 60_000;
/** How often in a row a lock may be neither to be had nor to be read: it is given back at that moment, or its folder takes none. */
const unreadable = 20;

/** Whether a system call succeeds; one that fails because somebody else was faster, or for want of rights, does not. */
function succeeds(call: () => void): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (["EEXIST", "ENOENT", "ENOTEMPTY", "EACCES", "EROFS", "ENOSPC"].includes(String(codeOf(error)))) return false;
    throw error;
  }
}

/** What is no number of a process holds nothing. */
const lives = (holder: string): boolean => /^[1-9]\d*$/.test(holder) && isAlive(Number(holder));

function holderOf(lock: string): string | undefined {
  try {
    return readlinkSync(lock);
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock of a dead process away. Of several that would, one may. The holder is read once more under that guard: since nobody else
 * breaks now and the dead give nothing back, it cannot change any more.
 */
function breakLock(lock: string): void {
  const guard = `${lock}.breaking`;
  if (succeeds(() => mkdirSync(guard))) {
    try {
      const holder = holderOf(lock);
      if (holder !== undefined && !lives(holder)) rmSync(lock, { force: true });
    } finally {
      rmdirSync(guard);
    }
    return;
  }
  succeeds(() => {
    if (Date.now() - statSync(guard).mtimeMs > oldGuard) rmdirSync(guard);
  });
}

/**
 * Does work while no other process of this machine does work under the same lock. The lock is a symbolic link to the number of the process
 * that holds it: made in one step, so that none is ever without its holder, and one of a process that was killed is broken.
 * @param lock Path of the lock; the folder above it is made.
 * @param onWait Told once who is waited for.
 * @throws Error when the lock cannot be made, or when its holder has not ended after a quarter of an hour.
 */
export async function exclusively<T>(
  lock: string,
  onWait: (holder: string) => void,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  const end = Date.now() + patience;
  let told = false;
  let failed = 0;
  while (!succeeds(() => symlinkSync(String(process.pid), lock))) {
    const holder = holderOf(lock);
    if (holder === undefined) {
      failed += 1;
      if (failed >= unreadable) throw new Error(`cannot make ${lock}`);
    } else {
      failed = 0;
      if (!lives(holder)) {
        breakLock(lock);
        if (holderOf(lock) === undefined) continue;
      } else {
        if (!told) onWait(holder);
        told = true;
        if (Date.now() > end)
          throw new Error(`process ${holder} has held ${lock} for 15 minutes; if nothing installs, remove it`);
      }
    }
    await sleep(pause);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}
