import { describe, expect, test } from "@jest/globals";
import { checkCatalog } from "../../checks/check-catalog";
import { type AccessOptions, type AwsAddition, noAccess, type SharingRule } from "../../model/access";
import { logPanel, panel } from "../../model/dashboard";
import type { Service } from "../../model/service";
import { example, exampleCatalog, exampleService } from "../support/example";

/** A dashboard of metrics only: every service's own one shows logs. */
const numbers = exampleService({
  dashboards: [
    {
      key: "numbers",
      title: "Numbers",
      description: "",
      sections: [
        { key: "all", title: "All", panels: [panel("requests", "Requests", { all: example.requests.rate("5m") })] },
      ],
    },
  ],
});

const found = (access: AccessOptions, services: readonly Service[] = [numbers]) =>
  checkCatalog(exampleCatalog(services, { access })).map(({ id, where, message }) => ({
    id,
    field: where.field,
    message,
  }));

const sharing = (change: Partial<SharingRule>): AccessOptions => ({
  grants: {},
  sharing: [
    {
      service: "shop",
      dashboard: "numbers",
      environment: "prod",
      since: "2026-01-05",
      until: "2026-02-05",
      reason: "Customers look at it",
      ...change,
    },
  ],
});

const adding = (change: Partial<AwsAddition>): AccessOptions => ({
  grants: {},
  awsAdditions: [
    {
      role: "on-call",
      actions: ["ecs:DescribeServices"],
      resources: ["arn:aws:ecs:eu-west-1:222222222222:service/company/*"],
      reason: "What is running",
      ...change,
    },
  ],
});

describe("sound access has nothing wrong with it", () => {
  test.each<[string, AccessOptions]>([
    ["a share", sharing({})],
    ["a share of ninety days", sharing({ until: "2026-04-05" })],
    ["an addition", adding({})],
    ["an addition about a bucket", adding({ resources: ["arn:aws:s3:::company-logs/*"] })],
    [
      "an account to come from",
      { grants: { backend: { prod: ["editor"] } }, aws: { kind: "account", account: "333333333333" } },
    ],
  ])("%s", (_, access) => {
    expect(found(access)).toEqual([]);
  });
});

test("a realm is named, not described by a pattern that others meet too, and an attribute is named", () => {
  const access = {
    grants: {},
    kibana: { kind: "groups", realm: "saml*" },
    datadog: { kind: "saml", attribute: "" },
  } as const;
  expect(found(access)).toEqual([
    { id: "access/trust", field: "access.kibana.realm", message: '"saml*" is not the name of a realm' },
    { id: "access/trust", field: "access.datadog.attribute", message: '"" is not the name of an attribute' },
  ]);
});

describe("a wildcard is refused", () => {
  test.each(["*", "logs:*", "logs:Get*", "logs"])("as the action %s", (action) => {
    expect(found(adding({ actions: [action] }))).toEqual([
      expect.objectContaining({ id: "access/wildcard", field: "access.awsAdditions.0.actions" }),
    ]);
  });

  test.each(["*", "arn:aws:s3:::*", "arn:aws:logs:*:*:*", "arn:aws:ecs:eu-west-1:222222222222:*/x", "bucket"])(
    "as the resource %s",
    (resource) => {
      expect(found(adding({ resources: [resource] }))).toEqual([
        expect.objectContaining({ id: "access/wildcard", field: "access.awsAdditions.0.resources" }),
      ]);
    },
  );
});

describe("a share is refused", () => {
  test.each<[string, Partial<SharingRule>, string, RegExp]>([
    ["without a day", { since: "soon" }, "since", /"soon" is not a day/],
    ["that ends before it begins", { until: "2026-01-05" }, "until", /not after its first day/],
    ["longer than ninety days", { until: "2026-04-06" }, "until", /91 days, more than 90/],
    ["of no service", { service: "shp" }, "service", /Did you mean "shop"\?/],
  ])("%s", (_, change, field, message) => {
    expect(found(sharing(change))).toEqual([
      { id: "access/share", field: `access.sharing.0.${field}`, message: expect.stringMatching(message) },
    ]);
  });

  test("when it shows logs, which may name anybody", () => {
    const dashboard = {
      key: "errors",
      title: "Errors",
      description: "",
      sections: [{ key: "logs", title: "Logs", panels: [logPanel("latest", "Latest", "fields @message | limit 20")] }],
    };
    expect(found(sharing({ dashboard: "errors" }), [exampleService({ dashboards: [dashboard] })])).toEqual([
      {
        id: "access/personal-data",
        field: "access.sharing.0.dashboard",
        message: expect.stringMatching(/it shows logs of shop, .*: latest$/),
      },
    ]);
  });
});

describe("a role that IAM refuses is told before it is deployed", () => {
  const aws = { kind: "saml", provider: "sso" } as const;
  const grants = { backend: { prod: ["viewer"] } } as const;

  test("when its policy is too long", () => {
    const many = Array.from({ length: 60 }, (_, index) => exampleService({}, `service-number-${index}`));
    expect(found({ grants, aws }, many)).toEqual([
      {
        id: "access/role-size",
        field: "access.grants.backend.prod",
        message: expect.stringMatching(/estate-prod-backend has \d+ characters, more than 10240/),
      },
    ]);
    // Nothing is made of it where nobody may take a role.
    expect(found({ grants }, many)).toEqual([]);
  });
});

test("an access table of the wrong shape is one finding, and no crash", () => {
  const catalog = exampleCatalog();
  // What somebody writes who never asks the compiler.
  const misshapen: unknown = JSON.parse('{"backend":{"prod":"viewer"}}');
  const access = Object.assign({}, noAccess, { grants: misshapen });
  expect(checkCatalog({ ...catalog, access }).map(({ id, where }) => [id, where.field])).toEqual([
    ["catalog/shape", "access.grants.backend.prod"],
  ]);
});
