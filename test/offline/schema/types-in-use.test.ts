import { describe, expect, test } from "@jest/globals";
import { typesInUse } from "../../../offline/schema/types-in-use";

const stack = {
  resource: { aws_kms_key: { a: {} }, datadog_monitor: { b: {} } },
  data: { pagerduty_user: { c: {} } },
  import: [{ to: "grafana_folder.shop", id: "1" }],
};

const state = {
  version: 4,
  resources: [
    { mode: "managed", type: "aws_kms_alias", name: "a" },
    { mode: "data", type: "aws_region", name: "b" },
  ],
};

describe("types in use", () => {
  test("are those of every stack and state", () => {
    expect(typesInUse([stack, state, {}].map((each) => JSON.stringify(each)))).toEqual({
      ok: true,
      value: {
        resources: new Set(["aws_kms_key", "datadog_monitor", "grafana_folder", "aws_kms_alias"]),
        dataSources: new Set(["pagerduty_user", "aws_region"]),
      },
    });
  });

  test.each(["", "[]", "null", '{"resource": []}', "{"])("cannot be told from %j", (text) => {
    expect(typesInUse([text])).toMatchObject({
      ok: false,
      error: expect.stringContaining("neither a stack nor a state"),
    });
  });
});
