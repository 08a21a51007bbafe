import { panel } from "../../model/dashboard";
import { complement, ratio } from "../../model/indicator";
import { upTo } from "../../model/metric";
import { promqlPanel } from "../../model/promql-panel";
import { counter, gauge, telemetry } from "../../model/telemetry";

const ofFilesystem = { device: upTo(20, "/dev/nvme0n1p1"), mountpoint: upTo(20, "/"), fstype: upTo(10, "ext4") };
/** A filesystem is of one device and one type, at one place. */
const filesystems = 20;
const ofDisk = { device: upTo(20, "nvme0n1") };

const size = gauge("node_filesystem_size_bytes", {
  help: "Size of a filesystem",
  unit: "bytes",
  labels: ofFilesystem,
  series: filesystems,
});
const available = gauge("node_filesystem_avail_bytes", {
  help: "Space of a filesystem that ordinary users can have",
  unit: "bytes",
  labels: ofFilesystem,
  series: filesystems,
});
const files = gauge("node_filesystem_files", {
  help: "Inodes of a filesystem",
  unit: "events",
  labels: ofFilesystem,
  series: filesystems,
});
const filesFree = gauge("node_filesystem_files_free", {
  help: "Inodes of a filesystem that are not taken",
  unit: "events",
  labels: ofFilesystem,
  series: filesystems,
});
const readOnly = gauge("node_filesystem_readonly", {
  help: "Whether a filesystem takes no writes: 1, else 0",
  unit: "ratio",
  labels: ofFilesystem,
  series: filesystems,
});
const reads = counter("node_disk_reads_completed_total", { help: "Reads", unit: "operations", labels: ofDisk });
const writes = counter("node_disk_writes_completed_total", { help: "Writes", unit: "operations", labels: ofDisk });
const readTime = counter("node_disk_read_time_seconds_total", {
  help: "Time that reads took, added up",
  unit: "seconds",
  labels: ofDisk,
});
const writeTime = counter("node_disk_write_time_seconds_total", {
  help: "Time that writes took, added up",
  unit: "seconds",
  labels: ofDisk,
});
const busyTime = counter("node_disk_io_time_seconds_total", {
  help: "Time in which the disk had something to do",
  unit: "seconds",
  labels: ofDisk,
});

/** Filesystems on disks: those in memory are full by design, or empty. */
const onDisk = { fstype: { oneOf: ["ext4", "xfs"] } } as const;

const usage = complement(ratio(available.where(onDisk).sum(), size.where(onDisk).sum())).by("instance", "mountpoint");
const inodes = complement(ratio(filesFree.where(onDisk).sum(), files.where(onDisk).sum())).by("instance", "mountpoint");

/** A forecast looks back over a quarter of the time that it looks ahead: long enough for a line, short enough to follow a change. */
const free = available.where(onDisk);

/** Time per operation, which no indicator can say: it divides a time by a count. */
const timePer = (time: string, operations: string): string =>
  `sum by (instance) (rate(${time}{job="{service}"}[5m])) / sum by (instance) (rate(${operations}{job="{service}"}[5m]))`;

/**
 * Filesystems and disks of hosts, by the node exporter.
 * Source: node_exporter, collectors `filesystem` and `diskstats`.
 */
export const hostDisks = telemetry("host-disks", {
  metrics: { size, available, files, filesFree, readOnly, reads, writes, readTime, writeTime, busyTime },
  indicators: {
    disk_usage: usage,
    disk_free_in_4h: free.forecast("4h", { from: "1h" }).by("instance", "mountpoint"),
    disk_free_in_24h: free.forecast("1d", { from: "6h" }).by("instance", "mountpoint"),
    inode_usage: inodes,
    filesystem_read_only: readOnly.where(onDisk).max().by("instance", "mountpoint"),
    disk_reads: reads.rate("5m").by("instance"),
    disk_writes: writes.rate("5m").by("instance"),
    /** Share of the time in which the disk had something to do. */
    disk_busy: busyTime.rate("5m", "max").by("instance"),
  },
  panels: {
    overview: [
      panel("disk", "Fullest filesystems", { "{{instance}} {{mountpoint}}": usage }, { visualization: "bar-gauge" }),
    ],
    performance: [
      promqlPanel("disk-latency", "Time per disk operation", {
        "read, {{instance}}": timePer("node_disk_read_time_seconds_total", "node_disk_reads_completed_total"),
        "write, {{instance}}": timePer("node_disk_write_time_seconds_total", "node_disk_writes_completed_total"),
      }),
      panel("disk-busy", "Disks at work", { "{{instance}}": busyTime.rate("5m", "max").by("instance") }),
    ],
    infrastructure: [
      panel("inodes", "Inodes taken", { "{{instance}} {{mountpoint}}": inodes }),
      panel("iops", "Disk operations", {
        "reads, {{instance}}": reads.rate("5m").by("instance"),
        "writes, {{instance}}": writes.rate("5m").by("instance"),
      }),
    ],
  },
});
