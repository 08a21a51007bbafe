import { insights } from "../../model/saved-query";

/** Processes that the kernel killed because the host had no memory left. */
export const outOfMemoryKills = insights(
  "Out-of-memory kills",
  `fields @timestamp, @logStream, @message
| filter @message like /Out of memory|oom-kill/
| sort @timestamp desc
| limit 100`,
);

/** Failures of disks and filesystems, which come before the full stop. */
export const diskErrors = insights(
  "Disk and filesystem errors",
  `fields @timestamp, @logStream, @message
| filter @message like /I\\/O error|EXT4-fs error|XFS .*[Cc]orruption|No space left on device/
| sort @timestamp desc
| limit 100`,
);
