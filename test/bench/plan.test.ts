import { expect, test } from "@jest/globals";
import { type PlanMeasurement, planTable, totalOf } from "../../bench/plan";

const step = (name: string, ourCpuSeconds: number) => ({
  step: name,
  wallSeconds: 1,
  terraformCpuSeconds: 2,
  ourCpuSeconds,
});
const measurement: PlanMeasurement = {
  resources: 10,
  steps: [step("init", 0.1), step("validate", 0.2), step("plan", 0.3), step("lay down", 9), step("plan against", 9)],
};

test("a whole plan is its initialization, validation and plan against nothing", () => {
  expect(totalOf(measurement)).toEqual({
    step: "init + validate + plan",
    wallSeconds: 3,
    terraformCpuSeconds: 6,
    ourCpuSeconds: expect.closeTo(0.6),
  });
  expect(planTable([measurement])).toMatch(/10 {2}init \+ validate \+ plan +3\.00 +6\.00 +0\.60 +10 %/);
});
