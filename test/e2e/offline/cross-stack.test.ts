import { afterEach, describe, expect, test } from "@jest/globals";
import { keepPlannedOutputs, resolveRemoteStates, type StackCopy } from "../../../offline/workspace";
import { type Configuration, plannedActions, type Rig, requiredProviders, startRig, stored, unwrap } from "./rig";

const backends = {
  s3: (stack: string) => ({
    backend: "s3",
    config: { bucket: "company-state", key: `estate/${stack}.tfstate`, region: "eu-west-1" },
  }),
  local: (stack: string) => ({ backend: "local", config: { path: `../../terraform.${stack}.tfstate` } }),
} as const;

type BackendOf = (stack: string) => { readonly backend: string; readonly config: Configuration };

const backendBlock = (stack: string, backendOf: BackendOf) => {
  const { backend, config } = backendOf(stack);
  return { backend: { [backend]: backend === "s3" ? { ...config, encrypt: true, use_lockfile: true } : config } };
};

const services = (names: readonly string[], backendOf: BackendOf): Configuration => ({
  terraform: { required_providers: requiredProviders, ...backendBlock("on-call", backendOf) },
  resource: {
    pagerduty_service: Object.fromEntries(names.map((name) => [name, { name, escalation_policy: "P1" }])),
  },
  output: {
    ids: { value: Object.fromEntries(names.map((name) => [name, `\${pagerduty_service.${name}.id}`])) },
    count: { value: names.length },
  },
});

const production = (names: readonly string[], backendOf: BackendOf): Configuration => ({
  terraform: { required_providers: requiredProviders, ...backendBlock("prod", backendOf) },
  data: { terraform_remote_state: { "on-call": backendOf("on-call") } },
  resource: {
    pagerduty_team: Object.fromEntries(
      names.map((name) => [
        name,
        { name, description: `\${data.terraform_remote_state.on-call.outputs.ids["${name}"]}` },
      ]),
    ),
  },
});

const copyOf = (rig: Rig, name: string): StackCopy => {
  const copy = rig.copies.find((each) => each.name === name);
  if (copy === undefined) throw new Error(`no ${name}`);
  return copy;
};

/** What the plan of a stack says of a team's description. */
async function plannedDescription(rig: Rig, team: string): Promise<string> {
  const plan = await rig.terraform("prod", "plan", "-input=false");
  expect(plan).toMatchObject({ code: 0, stderr: "" });
  const [, section = ""] = plan.stdout.split(`"pagerduty_team" "${team}"`);
  return /description\s+= (.*)/.exec(section)?.[1] ?? "no change";
}

describe.each(["s3", "local"] as const)("a stack that reads another's outputs, states in %s", (kind) => {
  const backendOf = backends[kind];
  let rig: Rig | undefined;
  afterEach(() => rig?.close());

  async function start(names: readonly string[]): Promise<Rig> {
    const started = await startRig({ "on-call": services(names, backendOf), prod: production(names, backendOf) });
    rig = started;
    for (const stack of ["on-call", "prod"]) {
      expect(await started.terraform(stack, "init", "-input=false")).toMatchObject({ code: 0, stderr: "" });
    }
    return started;
  }

  test("alone, plans with outputs that are not known", async () => {
    const started = await start(["shop"]);
    expect(resolveRemoteStates(copyOf(started, "prod"), started.copies)).toEqual(["on-call"]);
    expect(await plannedDescription(started, "shop")).toBe("(known after apply)");
  });

  test("after a plan of the other, shows which apply makes an output known", async () => {
    const started = await start(["shop"]);
    await plannedActions(started, "on-call");
    const shown = await started.terraform("on-call", "show", "-json", "plan");
    unwrap(keepPlannedOutputs(copyOf(started, "on-call"), shown.stdout));
    expect(resolveRemoteStates(copyOf(started, "prod"), started.copies)).toEqual([]);
    expect(await plannedDescription(started, "shop")).toBe('"(known after apply of on-call)"');
  });

  test("after an apply of the other, reads its state, and converges", async () => {
    const started = await start(["shop"]);
    expect(await started.terraform("on-call", "apply", "-auto-approve")).toMatchObject({ code: 0, stderr: "" });
    resolveRemoteStates(copyOf(started, "prod"), started.copies);
    expect(await started.terraform("prod", "apply", "-auto-approve")).toMatchObject({ code: 0, stderr: "" });
    expect(stored(started, "prod", "pagerduty_team", "shop")["description"]).toBe(
      stored(started, "on-call", "pagerduty_service", "shop")["id"],
    );
    expect((await started.terraform("prod", "plan", "-detailed-exitcode")).code).toBe(0);
  });

  test("a service more in both is one more resource, and no other changes", async () => {
    const started = await start(["shop"]);
    expect(await started.terraform("on-call", "apply", "-auto-approve")).toMatchObject({ code: 0, stderr: "" });
    resolveRemoteStates(copyOf(started, "prod"), started.copies);
    expect(await started.terraform("prod", "apply", "-auto-approve")).toMatchObject({ code: 0, stderr: "" });

    started.configure("on-call", services(["shop", "search"], backendOf));
    started.configure("prod", production(["shop", "search"], backendOf));
    await plannedActions(started, "on-call");
    const shown = await started.terraform("on-call", "show", "-json", "plan");
    unwrap(keepPlannedOutputs(copyOf(started, "on-call"), shown.stdout));
    resolveRemoteStates(copyOf(started, "prod"), started.copies);
    expect(await plannedActions(started, "prod")).toEqual({
      "pagerduty_team.search": "create",
      "pagerduty_team.shop": "no-op",
    });
  });
});
