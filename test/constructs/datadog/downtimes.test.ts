import { DowntimeSchedule } from "@cdktf/provider-datadog/lib/downtime-schedule";
import { describe, expect, test } from "@jest/globals";
import { App, TerraformStack, Testing } from "cdktf";
import { datadogDowntimes } from "../../../constructs/datadog/downtime";
import { DatadogDowntimes } from "../../../constructs/datadog/downtimes";
import { unmonitored } from "../../../model/alert";
import { type EnvironmentEstate, estateOf } from "../../../model/estate";
import { type MaintenanceWindow, type WindowOptions, weekly } from "../../../model/maintenance-window";
import { checked } from "../../../model/result";
import type { Service } from "../../../model/service";
import { exampleCatalog, exampleService } from "../../support/example";

const window = (name: string, part: Partial<WindowOptions> = {}): MaintenanceWindow =>
  weekly(name, {
    days: ["saturday", "sunday"],
    start: "22:30",
    end: "01:00",
    timeZone: "Europe/Berlin",
    reason: "Upgrades",
    ...part,
  });

function estateWith(services: readonly Service[], maintenance: readonly MaintenanceWindow[] = []): EnvironmentEstate {
  const catalog = exampleCatalog(services);
  const prod = catalog.environments.find(({ name }) => name === "prod");
  if (prod === undefined) throw new Error("no prod");
  const environment = { ...prod, maintenance };
  return estateOf({ ...catalog, environments: [environment] }, environment);
}

const downtimes = (...given: Parameters<typeof estateWith>) => checked(datadogDowntimes(estateWith(...given)));

describe("downtimes of Datadog", () => {
  test("have the time of day in the rule, and no date that would one day be past", () => {
    expect(downtimes([exampleService({ maintenance: [window("night")] })])).toEqual([
      {
        path: ["services", "shop", "night"],
        monitorTags: ["env:prod", "service:shop"],
        message: "Maintenance: Upgrades",
        timeZone: "Europe/Berlin",
        rule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,SU;BYHOUR=22;BYMINUTE=30;BYSECOND=0",
        duration: "150m",
      },
    ]);
  });

  test("are one for a whole environment, and one for each service that a window names", () => {
    const services = [exampleService(), exampleService({}, "basket"), exampleService({}, "site")];
    const some = window("some", { services: ["shop", "basket"] });
    const found = downtimes(services, [window("all"), some]);
    expect(found.map(({ path, monitorTags }) => [path.join("/"), monitorTags])).toEqual([
      ["environment/all", ["env:prod"]],
      ["environment/some/shop", ["env:prod", "service:shop"]],
      ["environment/some/basket", ["env:prod", "service:basket"]],
    ]);
  });

  test("are none where Datadog evaluates nothing", () => {
    expect(downtimes([exampleService({ alerts: unmonitored("A trial."), maintenance: [window("night")] })])).toEqual(
      [],
    );
  });

  test("of times that are none are refused", () => {
    const broken = estateWith([exampleService({ maintenance: [window("night", { start: "soon" })] })]);
    expect(datadogDowntimes(broken).ok).toBe(false);
  });

  test("become resources that mute by the tags that every monitor has", () => {
    const stack = new TerraformStack(new App({ stackTraces: false }), "tested");
    new DatadogDowntimes(stack, "datadog-downtimes", estateWith([exampleService({ maintenance: [window("night")] })]));
    const { resource } = JSON.parse(Testing.synth(stack));
    expect(Object.values(resource[DowntimeSchedule.tfResourceType])).toEqual([
      expect.objectContaining({
        scope: "*",
        monitor_identifier: { monitor_tags: ["env:prod", "service:shop"] },
        recurring_schedule: {
          timezone: "Europe/Berlin",
          recurrence: [
            { rrule: "FREQ=WEEKLY;INTERVAL=1;BYDAY=SA,SU;BYHOUR=22;BYMINUTE=30;BYSECOND=0", duration: "150m" },
          ],
        },
      }),
    ]);
  });
});
