import { spawnSync } from "node:child_process";

/**
 * Runs what follows as the only one who sees the disks that it mounts; they are gone with it. Takes a Linux that lets a user have
 * such a view.
 */
export const isolated = ["unshare", "--map-root-user", "--mount"] as const;

/** Whether this machine lets us mount a disk of our own. */
export const canMount =
  spawnSync(isolated[0], [...isolated.slice(1), "mount", "-t", "tmpfs", "none", "/mnt"], { stdio: "ignore" }).status ===
  0;
