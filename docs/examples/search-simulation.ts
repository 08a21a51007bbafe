import { hostDisks } from "../../catalog/telemetry/host-disks";
import { httpEndpoint } from "../../catalog/telemetry/http-endpoint";
import { httpServer } from "../../catalog/telemetry/http-server";
import { redisServer } from "../../catalog/telemetry/redis-server";
import { fault, paces, stretches } from "../../model/fault";
import { startsWith } from "../../model/indicator";
import { levelOf, paceOf, timeOf } from "../../model/simulation";

const http = httpServer();

export const stated = [
  levelOf(hostDisks.available, "60GB", "logs and images take two fifths of it"),
  paceOf(redisServer.hits, "100 per second", "the cache is read for every page"),
  timeOf(httpEndpoint.certificateExpiry, { ahead: "60d" }, "renewed a month ago; its alerts are in PromQL"),
];

export const indexRebuilt = fault("index-rebuilt", {
  reason: "The index is rebuilt: most searches fail, and the others take seconds.",
  services: {
    search: {
      effects: [paces(http.requests.where({ status: startsWith("5") }), "20 per second"), stretches(http.duration, 40)],
      expects: ["HighErrorRate", "SlowResponseTime", "MedianResponseTimeHigh", "AvailabilityLow"],
    },
  },
});
