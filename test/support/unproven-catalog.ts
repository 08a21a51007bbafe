import { alert } from "../../model/alert";
import { emits, expectAlert, steady } from "../../model/alert-case";
import { promql } from "../../model/condition";
import { example, exampleCatalog, exampleService } from "./example";

const told = { for: "5m", severity: "SEV-3", summary: "{value}", runbook: "https://runbooks.example.com/x" } as const;

/** Three alerts: one that is proven by itself, one that nobody proves, and one of which a case says what is not so. */
export default {
  ...exampleCatalog([
    exampleService({
      alerts: [
        alert("MemoryHigh", { ...told, when: "memory > 1GB" }),
        alert("NobodyKnows", { ...told, when: promql('max(memory_usage_bytes{job="{service}"}) > 5') }),
        alert("Misjudged", { ...told, when: "memory > 2GB" }),
      ],
    }),
  ]),
  proofs: [
    expectAlert("Misjudged", { environments: ["prod"] })
      .given(emits(example.memory, {}, steady(1.9e9, "30m")))
      .firesAt("20m"),
  ],
};
