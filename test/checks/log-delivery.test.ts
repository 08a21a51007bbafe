import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import type { Catalog } from "../../model/catalog";
import type { Environment } from "../../model/environment";
import type { Logging } from "../../model/logging";
import { exampleCatalog, exampleService } from "../support/example";

function withArchive(json: string, logging: Logging = {}): Catalog {
  const catalog = exampleCatalog([exampleService({ logging })]);
  const logArchive: Environment["logArchive"] = JSON.parse(json);
  return { ...catalog, environments: catalog.environments.map((environment) => ({ ...environment, logArchive })) };
}

const found = (json: string, logging?: Logging) =>
  checkCatalog(withArchive(json, logging)).map(({ id, where, message }) => `${id} ${where.field ?? ""}: ${message}`);

describe("an archive", () => {
  test("of defaults is right", () => {
    expect(found("{}")).toEqual([]);
  });

  test.each([
    ['{"bucket":"Bad_Bucket"}', /logs\/archive environments.dev.logArchive.bucket: "Bad_Bucket"/],
    ['{"coldClass":"GLACIER_IT"}', /coldClass: there is no cold class "GLACIER_IT". Did you mean "GLACIER_IR"\?/],
    ['{"keepDays":0}', /keepDays: 0 is no number of days/],
    ['{"keepDays":120}', /after 90 days and are deleted after 120, and GLACIER_IR bills 90 days/],
    ['{"coldClass":"DEEP_ARCHIVE","keepDays":200}', /DEEP_ARCHIVE bills 180 days/],
    ['{"deliveryMiBPerSecond":0}', /0 MiB per second take nothing/],
    ['{"keepDays":"long"}', /catalog\/shape .*expected "none" or the options of an archive/],
    ['"no"', /catalog\/shape .*expected "none" or the options of an archive/],
  ])("%s is refused", (json, message) => {
    expect(found(json).join("\n")).toMatch(message);
  });
});

describe("what CloudWatch and Firehose take", () => {
  test("more than the delivery stream's quota is refused, until more is granted", () => {
    const busy: Logging = { peakEventsPerSecond: 50_000 };
    expect(found("{}", busy).join()).toMatch(
      /logs\/over-quota .*deliveryMiBPerSecond: at their busiest the services send 5.97 MiB per second, compressed, and a delivery stream in eu-west-1 takes 5/,
    );
    expect(found('{"deliveryMiBPerSecond":6}', busy)).toEqual([]);
    expect(found('"none"', busy)).toEqual([]);
  });

  test("an event that is too large is refused", () => {
    expect(found('"none"', { averageEventBytes: 2_000_000 }).join()).toMatch(/2000026 bytes is more than the 1048576/);
  });
});
