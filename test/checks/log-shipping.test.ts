import { describe, expect, test } from "@jest/globals";
import shipped from "../../catalog/catalog";
import { checkCatalog } from "../../checks/check-catalog";
import { logShipping as documented } from "../../docs/examples/log-shipping";
import { alert } from "../../model/alert";
import { catalog } from "../../model/catalog";
import type { EnvironmentOptions } from "../../model/environment";
import { logCount } from "../../model/indicator";
import type { LogShipping } from "../../model/log-shipping";
import type { Logging } from "../../model/logging";
import type { ServiceOptions } from "../../model/service";
import { exampleLogs, exampleService } from "../support/example";

const options: EnvironmentOptions = {
  account: "777788889999",
  region: "eu-central-1",
  production: true,
  retentionDays: 30,
  grafana: "https://grafana.company.com",
};

/** What is found of log shipping in a catalog of one service. */
function found(logShipping: LogShipping, logging: Logging = {}, more: Partial<ServiceOptions> = {}): readonly string[] {
  const { teams, onCall } = shipped;
  const findings = checkCatalog({
    ...catalog({
      organization: "company",
      environments: { prod: { ...options, logShipping } },
      teams: {},
      services: [exampleService({ logging, ...more })],
      onCall: { support: "support", architecture: "architecture" },
    }),
    teams,
    onCall,
  });
  return findings.filter(({ id }) => id.startsWith("log-shipping/")).map(({ id, message }) => `${id}: ${message}`);
}

describe("log shipping", () => {
  test("as it is by default, nothing is wrong with", () => {
    expect(found({})).toEqual([]);
    expect(found(documented)).toEqual([]);
    expect(checkCatalog(shipped)).toEqual([]);
  });

  test.each<[LogShipping, RegExp]>([
    [{ outputs: ["s3"] }, /options: the output s3 has no bucket/],
    [{ outputs: [] }, /options: no outputs/],
    [{ outputs: ["cloudwatch", "cloudwatch"] }, /options: an output is named twice/],
    [{ bucket: "Logs" }, /options: "Logs" is not the name of an S3 bucket/],
    [{ aggregators: 1.5 }, /options: 1\.5 processes cannot be/],
    [{ address: "http://x" }, /options: "http:\/\/x" is not a host name/],
    [{ outageHours: -1 }, /options: -1 is not above 0/],
  ])("with %j", (shipping, message) => expect(found(shipping)).toEqual([expect.stringMatching(message)]));

  test("without Datadog, where Datadog evaluates an alert on logs, is refused", () => {
    const alerts = [
      alert("ManyErrors", {
        when: logCount(exampleLogs.level.equals("ERROR"), "5m").above("10"),
        for: "5m",
        severity: "SEV-3",
        evaluator: "datadog",
        summary: "Many errors",
        runbook: "https://runbooks.company.com/x",
      }),
    ];
    expect(found({ outputs: ["cloudwatch"] }, {}, { alerts })).toEqual([
      "log-shipping/mute: Datadog evaluates it on logs, and prod sends none there",
    ]);
    expect(found({ outputs: ["cloudwatch", "datadog"] }, {}, { alerts })).toEqual([]);
  });

  test("of more than a disk holds is refused with the figures", () => {
    // 3,000 events of 632 bytes for 24 hours, three times: 458 GiB.
    expect(found({ outageHours: 24 }, { peakEventsPerSecond: 3000 })).toEqual([
      "log-shipping/capacity: the buffers may grow to 459 GiB, and the disk has 200",
    ]);
  });

  test("of more than the processes carry is refused with the figures", () => {
    expect(found({ aggregators: 2, outageHours: 0.5 }, { peakEventsPerSecond: 10_000 })).toEqual([
      "log-shipping/capacity: 10000 events/s at the peak are 10000 for each of 1 Fluentd while one is away, and each carries 5000",
    ]);
  });

  test("of what no number of threads can flush is refused with the figures", () => {
    const messages = found(
      { aggregators: 2, eventsPerAggregator: 100_000, outageHours: 0.01 },
      { peakEventsPerSecond: 50_000 },
    );
    expect(messages).toContainEqual(
      expect.stringMatching(
        /cloudwatch-shop sends 16 chunks of 4 MiB in 5 s, 13\.42 MB\/s; the peak of a process is 50000 events\/s \(31\.60 MB\/s\)/,
      ),
    );
  });

  test.each<[Logging["throttle"], RegExp]>([
    [{ field: "path", events: 1, perSeconds: 60 }, /throttle: 1 events cannot be shared by the 2 Fluentd of prod/],
  ])("throttled by %j", (throttle, message) =>
    expect(found({}, throttle === undefined ? {} : { throttle })).toEqual([expect.stringMatching(message)]),
  );
});
