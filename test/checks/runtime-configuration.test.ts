import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { unmonitored } from "../../model/alert";
import { hosts } from "../../model/runtime";
import type { RuntimeConfiguration } from "../../model/runtime-configuration";
import type { ServiceOptions } from "../../model/service";
import { exampleCatalog, exampleService } from "../support/example";

const found = (options: Partial<ServiceOptions>) =>
  checkCatalog(exampleCatalog([exampleService(options)]))
    .filter(({ id }) => /^runtime\/|^catalog\/shape/.test(id))
    .map(({ id, where: { field }, message }) => `${id} | ${field} | ${message}`);

/** What the compiler would refuse, from a catalog that it was not asked about. */
const unchecked = <T>(text: string): T => JSON.parse(text);

test("a configuration that a service can read is sound", () => {
  expect(
    found({ configuration: { metricsPort: 8000, variables: { A_TIMEOUT: { default: "1", prod: "2" } } } }),
  ).toEqual([]);
});

describe("a configuration is refused", () => {
  test.each<[string, RuntimeConfiguration, RegExp]>([
    ["with a name that no shell takes", { variables: { "A-TIMEOUT": "1" } }, /^runtime\/name .*"A-TIMEOUT"/],
    ["with a secret", { variables: { STRIPE_API_KEY: "x" } }, /^runtime\/secret .*name of a secret/],
    ["with a DSN, which is the Sentry construct's to give", { variables: { SENTRY_DSN: "x" } }, /^runtime\/secret/],
    [
      "that contradicts what follows from the catalog",
      { variables: { LOG_LEVEL: "DEBUG" } },
      /^runtime\/derived .*LOG_LEVEL follows/,
    ],
    [
      "with a port that does not exist",
      { metricsPort: 70_000 },
      /^runtime\/value \| configuration.metricsPort \| 70000/,
    ],
    ["with a share above all", { sentryTracesPercent: { default: 10, prod: 101 } }, /^runtime\/value .*101/],
    [
      "for an environment that does not exist",
      unchecked('{"variables":{"A":{"default":"1","prd":"2"}}}'),
      /^runtime\/unknown-environment .*Did you mean "prod"/,
    ],
    [
      "that is larger than a parameter",
      { variables: { A_LIST: "x".repeat(9000) } },
      /^runtime\/size .*a parameter holds 8192/,
    ],
    ["of a wrong shape", unchecked('{"variables":{"A":1}}'), /^catalog\/shape \| configuration.variables.A/],
  ])("%s", (_name, configuration, message) => {
    const problems = found({ configuration });
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.filter((problem) => !message.test(problem))).toEqual([]);
  });

  test("of what reads none", () => {
    expect(
      found({ configuration: {}, runtime: hosts({ logGroup: "/ec2/hosts" }), alerts: unmonitored("it is a test") }),
    ).toEqual([expect.stringMatching(/^runtime\/unread/)]);
  });
});
