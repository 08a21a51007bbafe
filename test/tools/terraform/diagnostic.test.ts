import { describe, expect, test } from "@jest/globals";
import { diagnosticOfLine, diagnosticsOfText, diagnosticsOfValidate } from "../../../tools/terraform/diagnostic";

const diagnostic = {
  severity: "error",
  summary: "Unsupported argument",
  detail: "No argument named x.",
  address: "aws_kms_key.a",
  range: { filename: "cdk.tf.json", start: { line: 1, column: 2, byte: 30 }, end: { line: 1, column: 3, byte: 31 } },
};
const read = {
  severity: "error",
  summary: "Unsupported argument",
  detail: "No argument named x.",
  address: "aws_kms_key.a",
  position: { filename: "cdk.tf.json", byte: 30 },
};

describe("what terraform says", () => {
  test("in validate -json", () => {
    expect(diagnosticsOfValidate(JSON.stringify({ valid: false, diagnostics: [diagnostic] }))).toEqual([read]);
    expect(diagnosticsOfValidate("Error: no JSON")).toBeUndefined();
  });

  test("in a line of plan -json", () => {
    expect(diagnosticOfLine(JSON.stringify({ type: "diagnostic", diagnostic }))).toEqual(read);
    expect(diagnosticOfLine(JSON.stringify({ type: "version", terraform: "1.11.4" }))).toBeUndefined();
    expect(diagnosticOfLine('not JSON with "diagnostic" in it')).toBeUndefined();
  });

  test.each([
    [
      "framed, after a warning",
      "╷\n│ Warning: Unable to open\n│ \n│ It does not exist.\n╵\n╷\n│ Error: Backend configuration changed\n│ \n│ A change has\n│ been detected.\n╵\n",
      { severity: "error", summary: "Backend configuration changed", detail: "A change has\nbeen detected." },
    ],
    [
      "plain",
      "Error: no space left on device\n",
      { severity: "error", summary: "no space left on device", detail: "" },
    ],
    ["anything else", "panic: oh\n", { severity: "error", summary: "panic: oh", detail: "" }],
  ])("for people: %s", (_, text, expected) => {
    expect(diagnosticsOfText(text)).toEqual([expected]);
  });

  test("several for people, each with its position", () => {
    const text =
      "Error: Terraform encountered problems during initialisation, including problems\nwith the configuration.\n\n" +
      "Error: Duplicate resource\n\n  on cdk.tf.json line 12, in resource.a:\n  12: x\n\nSaid twice.\n\nError: Other\n";
    expect(diagnosticsOfText(text)).toEqual([
      {
        severity: "error",
        summary: "Duplicate resource",
        detail: expect.stringMatching(/^on cdk\.tf\.json line 12[\s\S]*Said twice\.$/),
        position: { filename: "cdk.tf.json", line: 12 },
      },
      { severity: "error", summary: "Other", detail: "" },
    ]);
  });

  test("nothing", () => {
    expect(diagnosticsOfText(" \n")).toEqual([]);
  });
});
