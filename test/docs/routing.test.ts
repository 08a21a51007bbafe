import { describe, expect, test } from "@jest/globals";
import { timings } from "../../constructs/alertmanager/timing";
import { formatDuration } from "../../languages/promql/durations";
import { symptomNames } from "../../model/symptom";
import { textOf } from "./markdown";

const page = textOf("docs/routing.md");

describe("the page about routing", () => {
  test.each(Object.entries(timings))("has the times of %s as they are", (name, timing) => {
    const { waitSeconds, intervalSeconds, repeatSeconds, reason } = timing;
    const times = [waitSeconds, intervalSeconds, repeatSeconds].map(formatDuration).join(" | ");
    expect(page).toContain(`| \`${name}\` | ${times} | ${reason} |`);
  });

  test.each(symptomNames)("says what a dead dependency does with %s", (symptom) => {
    expect(page).toContain(`\`${symptom}\``);
  });
});
