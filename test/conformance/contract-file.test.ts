import { expect, test } from "@jest/globals";
import { parseContract } from "../../conformance/contract-file";

test("a contract in YAML is read with its defaults", () => {
  const text = `
metrics:
  - { name: redis_up, type: gauge }
  - name: redis_commands_total
    type: counter
    labels: { cmd: { max: 100, example: get }, role: { values: [primary, replica] } }
    optional: true
ignore: [go_]
`;
  expect(parseContract(text)).toEqual({
    ok: true,
    value: {
      metrics: [
        { name: "redis_up", type: "gauge", labels: {}, optional: false },
        {
          name: "redis_commands_total",
          type: "counter",
          labels: {
            cmd: { kind: "bounded", max: 100, example: "get" },
            role: { kind: "closed", values: ["primary", "replica"] },
          },
          optional: true,
        },
      ],
      ignore: ["go_"],
    },
  });
});

test.each([
  ["metrics: [", /./],
  ["", /expected object/i],
  ["metrics: []", /^metrics: /],
  ["metrics: [{ name: a, type: guage }]", /^metrics\[0\]\.type: /],
  ["metrics: [{ name: a-b, type: gauge }]", /^metrics\[0\]\.name: is no name of a metric/],
  ["metrics: [{ name: a, type: gauge, lables: {} }]", /^metrics\[0\]: "lables" is not known\. Did you mean "labels"\?/],
  ["metrics: [{ name: a, type: gauge, labels: { b: 7 } }]", /^metrics\[0\]\.labels\.b: must be \{ values/],
])("a mistake in a contract is told with its place: %s", (text, message) => {
  expect(parseContract(text)).toMatchObject({ ok: false, error: expect.stringMatching(message) });
});
