import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { addressesIn, pathOfAddress } from "../../../tools/terraform/address";
import { jsonPathAt, jsonPathAtByte } from "../../../tools/terraform/json-path";
import { configurationOf, placeOfAddress, placesOf } from "../../../tools/terraform/place";
import { exampleCatalog } from "../../support/example";

const resource = (path: string, more: object = {}) => ({ "//": { metadata: { path } }, ...more });
const text = JSON.stringify(
  {
    resource: {
      datadog_monitor: {
        monitor_1: resource("prod/datadog/shop/HighErrorRate", { name: "größer", query: "sum:x{*}" }),
        monitor_2: resource("prod/datadog/shop/ErrorLogs"),
      },
      aws_kms_key: { key: resource("prod/cloudwatch/key") },
    },
    data: { pagerduty_user: { jane: resource("on-call/pagerduty/users/jane") } },
  },
  undefined,
  2,
);
const catalog = exampleCatalog();
const [shop] = catalog.services;
const configuration = configurationOf(catalog, text);
const error = { severity: "error", summary: "", detail: "" } as const;
const alertPlace = { file: shop?.file, service: "shop", rule: "HighErrorRate" };

describe("the place of a resource", () => {
  test.each([
    ["datadog_monitor.monitor_1", { ...alertPlace, field: "datadog_monitor.monitor_1" }],
    ["datadog_monitor.monitor_1[0]", { ...alertPlace, field: "datadog_monitor.monitor_1" }],
    ["aws_kms_key.key", { file: catalog.file, field: "aws_kms_key.key" }],
    ["data.pagerduty_user.jane", { file: catalog.file, field: "pagerduty_user.jane" }],
  ])("%s", (address, place) => {
    expect(placeOfAddress(configuration, address)).toEqual(place);
  });

  test.each(["datadog_monitor.gone", "nonsense", "", "toString.constructor"])("%j has none", (address) => {
    expect(placeOfAddress(configuration, address)).toBeUndefined();
  });

  test("of another revision's stack is its construct", () => {
    expect(placeOfAddress(configurationOf(undefined, text), "datadog_monitor.monitor_1")).toEqual({
      rule: "prod/datadog/shop/HighErrorRate",
      field: "datadog_monitor.monitor_1",
    });
  });
});

describe("the places of a diagnostic", () => {
  const byte = Buffer.from(text).indexOf('"query"');

  test("are the argument at its position", () => {
    expect(placesOf(configuration, { ...error, position: { filename: "cdk.tf.json", byte } })).toEqual([
      { ...alertPlace, field: "datadog_monitor.monitor_1.query" },
    ]);
  });

  test("are the resource in its line", () => {
    const line = text.slice(0, text.indexOf('"query"')).split("\n").length;
    expect(placesOf(configuration, { ...error, position: { filename: "cdk.tf.json", line } })).toEqual([
      { ...alertPlace, field: "datadog_monitor.monitor_1.query" },
    ]);
    expect(placesOf(configuration, { ...error, position: { filename: "cdk.tf.json", line: 9999 } })).toEqual([]);
  });

  test("are the resource that it names, where the position is in another file", () => {
    const position = { filename: "backend_override.tf.json", byte };
    expect(placesOf(configuration, { ...error, address: "datadog_monitor.monitor_1", position })).toEqual([
      { ...alertPlace, field: "datadog_monitor.monitor_1" },
    ]);
  });

  test("are all resources of a cycle", () => {
    const summary = "Cycle: datadog_monitor.monitor_1, datadog_monitor.monitor_2";
    expect(placesOf(configuration, { ...error, summary }).map(({ rule }) => rule)).toEqual([
      "HighErrorRate",
      "ErrorLogs",
    ]);
  });

  test("are none when it names nothing", () => {
    expect(placesOf(configuration, { ...error, summary: "Failed to load state" })).toEqual([]);
  });

  test("are none for a file that is no JSON", () => {
    expect(
      placesOf(configurationOf(catalog, "{"), { ...error, position: { filename: "cdk.tf.json", byte: 0 } }),
    ).toEqual([]);
  });
});

describe("addresses", () => {
  test.each([
    ["aws_kms_key.logs", ["resource", "aws_kms_key", "logs"]],
    ["data.pagerduty_user.jane", ["data", "pagerduty_user", "jane"]],
    ['module.a["x"].module.b.aws_kms_key.logs[0]', ["resource", "aws_kms_key", "logs"]],
    ["on-call", []],
  ])("%s", (address, path) => {
    expect(pathOfAddress(address)).toEqual(path);
  });

  test("are found in a sentence, each once", () => {
    expect(addressesIn("Cycle: aws_kms_key.a, data.pagerduty_user.b, aws_kms_key.a (see provider.tf)")).toEqual([
      "aws_kms_key.a",
      "data.pagerduty_user.b",
    ]);
  });
});

describe("the keys that lead to a place in JSON", () => {
  test.each([
    ['{"a":{"b":[1,{"c":2}]}}', '"c"', ["a", "b", "1", "c"]],
    ['{"a":{"b":1},"d":2}', '"d"', ["d"]],
    ['{"a":{"b":1},"d":2}', "2", ["d"]],
    ['{"a\\"{":{"b":"}]"},"d":2}', '"}]"', ['a"{', "b"]],
    ['[{"a":1},{"b":2}]', '"b"', ["1", "b"]],
  ])("%s at %s", (json, at, path) => {
    expect(jsonPathAt(json, json.indexOf(at))).toEqual(path);
  });

  test("are right for every key of any JSON, counted in bytes", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ minLength: 1 }), fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue())),
        (value) => {
          const marker = "\u{1F4CD}";
          const json = JSON.stringify({ ...value, x: { y: marker } }, undefined, 1);
          expect(jsonPathAtByte(json, Buffer.from(json).indexOf(Buffer.from(JSON.stringify(marker))))).toEqual([
            "x",
            "y",
          ]);
        },
      ),
    );
  });
});
