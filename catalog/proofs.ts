import { emits, expectAlert, growing, missing, observing, steady } from "../model/alert-case";
import type { Duration } from "../model/duration";
import { app } from "./telemetry/app";
import { containers } from "./telemetry/containers";
import { hostCompute } from "./telemetry/host-compute";
import { httpEndpoint } from "./telemetry/http-endpoint";
import { prometheusServer } from "./telemetry/prometheus-server";
import { reachability } from "./telemetry/reachability";
import { redisServer } from "./telemetry/redis-server";

/** A certificate that was valid for so many days and 59 and a half minutes, renewed after `renewed`. Tests begin in 1970. */
const certificate = (days: number, renewed: Duration) =>
  emits(httpEndpoint.certificateExpiry, {}, steady(days * 86_400 + 3570, renewed), steady(90 * 86_400, "1h"));

/** A container that starts in the second hour again and again, four minutes apart, and then stays. */
const restarts = [0, 1, 2, 3, 4, 5, 6].map((number) => steady(3600 + number * 240, number === 6 ? "30m" : "4m"));

/**
 * What `./estate prove` is told beside what it finds by itself. A condition in PromQL can be proven by cases alone; of the others these
 * are the incidents that must never be missed.
 */
export const proofs = [
  // The target is $5,000 a day: 480 orders of $12 are more, and once they are worth $8 each, a day earns $3,840.
  expectAlert("RevenueLow", { service: "app-service" })
    .given(
      emits(
        app.orderValue,
        {},
        observing(480, { per: "1d", of: 12, lasting: "2d" }),
        observing(480, { per: "1d", of: 8, lasting: "2d" }),
        observing(480, { per: "1d", of: 16, lasting: "1d" }),
      ),
    )
    .silentAt("2d")
    // $5,760 sink by $80 an hour: below the target after nine hours and a half, and told an hour later.
    .silentAt("57h")
    .silentAt("58h")
    .firesAt("59h")
    .firesAt("4d")
    // Orders of $16 earn $3,840 more a day: $5,000 after seven hours and a quarter.
    .firesAt("103h")
    .resolvesAt("6210m"),
  // A dollar a day above the target is silence.
  expectAlert("RevenueLow", { service: "app-service" })
    .given(emits(app.orderValue, {}, observing(5001, { per: "1d", of: 1, lasting: "3d" })))
    .silentAt("26h")
    .silentAt("3d"),
  // The orchestrator forgets the service: no instance is left to be unreachable.
  expectAlert("TargetsMissing", { service: "app-service" })
    .given(emits(reachability.up, {}, steady(1, "10m"), missing("20m"), steady(1, "10m")))
    .silentAt("10m")
    .firesAt("20m")
    .resolvesAt("35m"),
  // The workers stop while the API goes on.
  expectAlert("QueueBacklog")
    .given(
      emits(app.queueLength, {}, steady(20, "10m"), growing(200, { per: "1m", lasting: "30m" }), steady(20, "10m")),
    )
    .silentAt("20m")
    .firesAt("30m")
    .resolvesAt("45m"),
  // It starts and fails again; five minutes after its last start it stays.
  expectAlert("ContainerRestartsAgainAndAgain")
    .given(emits(containers.started, { name: "api" }, steady(0, "1h"), ...restarts))
    .silentAt("59m")
    .silentAt("79m")
    .firesAt("80m", { name: "api" })
    .firesAt("88m")
    .resolvesAt("89m"),
  // A deployment starts it once.
  expectAlert("ContainerRestartsAgainAndAgain")
    .given(emits(containers.started, { name: "api" }, steady(0, "1h"), steady(3600, "1h")))
    .staysSilent(),
  // Two processors, and four processes that want them.
  expectAlert("HostLoadHigh")
    .given(
      emits(hostCompute.load15, {}, steady(3.9, "30m"), steady(4.1, "30m"), steady(3.9, "15m")),
      emits(hostCompute.cpu, { cpu: "0", mode: "idle" }, growing(30, { per: "1m", lasting: "75m" })),
      emits(hostCompute.cpu, { cpu: "1", mode: "idle" }, growing(30, { per: "1m", lasting: "75m" })),
      emits(hostCompute.cpu, { cpu: "1", mode: "user" }, growing(30, { per: "1m", lasting: "75m" })),
    )
    .silentAt("30m")
    .silentAt("44m")
    .firesAt("45m")
    .firesAt("59m")
    .resolvesAt("60m"),
  // 19 slow commands in ten minutes are borne, 21 are not.
  expectAlert("RedisSlowCommands")
    .given(
      emits(
        redisServer.slowLogId,
        {},
        growing(1.9, { per: "1m", lasting: "30m" }),
        growing(2.13, { per: "1m", lasting: "40m" }),
        growing(1.9, { per: "1m", lasting: "30m" }),
      ),
    )
    .silentAt("30m")
    .silentAt("43m")
    .firesAt("45m")
    .firesAt("74m")
    .resolvesAt("76m"),
  expectAlert("CertificateExpiresSoon")
    .given(certificate(14, "4h"))
    .silentAt("119m")
    .firesAt("2h")
    .firesAt("239m")
    .resolvesAt("4h"),
  expectAlert("CertificateExpiresInDays")
    .given(certificate(3, "2h"))
    .silentAt("74m")
    .firesAt("75m")
    .firesAt("119m")
    .resolvesAt("2h"),
  // From the half hour on it falls back by eleven seconds a minute, and catches up at the hour.
  expectAlert("PrometheusRemoteWriteBehind")
    .given(
      emits(prometheusServer.newestSample, {}, growing(60, { per: "1m", lasting: "80m" })),
      emits(
        prometheusServer.newestSent,
        { remote_name: "amp" },
        growing(60, { per: "1m", lasting: "30m" }),
        growing(49, { per: "1m", lasting: "30m" }),
        growing(160, { per: "1m", lasting: "3m" }),
        growing(60, { per: "1m", lasting: "17m" }),
      ),
    )
    .silentAt("30m")
    .silentAt("49m")
    .firesAt("50m")
    .firesAt("61m")
    .resolvesAt("62m"),
  // Whatever else is gone: it fires from the first evaluation on.
  expectAlert("Watchdog")
    .given(emits(reachability.up, {}, missing("1d")))
    .firesAt("0s")
    .firesAt("1m")
    .firesAt("1d"),
] as const;
