import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { progressOn } from "../../../tools/terraform/progress";
import { statusLine, type Terminal } from "../../../tools/terraform/status-line";

const clear = "\u001B[1G\u001B[2K";

/** A terminal that keeps what is written to it. */
function terminalOf(properties: Omit<Terminal, "write">): Terminal & { readonly written: string[] } {
  const written: string[] = [];
  return { ...properties, written, write: (text: string) => written.push(text) };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

describe("a status line", () => {
  test.each([
    [20, 19],
    [0, 79],
    [undefined, 79],
  ])("of a terminal with %s columns never breaks", (columns, length) => {
    const terminal = terminalOf({ isTTY: true, ...(columns === undefined ? {} : { columns }) });
    const line = statusLine(terminal);
    line.show("x".repeat(200));
    line.stop();
    expect(terminal.written[0]?.slice(clear.length)).toHaveLength(length);
    expect(terminal.written.at(-1)).toBe(clear);
  });

  test("turns until it is stopped, and leaves signals alone", () => {
    const listeners = process.listenerCount("SIGINT");
    const terminal = terminalOf({ isTTY: true, columns: 80 });
    const line = statusLine(terminal);
    line.show("plan");
    jest.advanceTimersByTime(400);
    const drawn = terminal.written.length;
    expect(new Set(terminal.written).size).toBeGreaterThan(3);
    expect(process.listenerCount("SIGINT")).toBe(listeners);
    line.stop();
    jest.advanceTimersByTime(400);
    expect(terminal.written).toHaveLength(drawn + 1);
  });
});

describe("progress", () => {
  test("in a log is a line for everything that ended", () => {
    const stream = terminalOf({});
    const progress = progressOn(stream);
    progress.note("synthesizing main");
    progress.step("dev", "init");
    progress.step("dev", "plan");
    progress.done("dev", true, 1234);
    progress.done("prod", false, 50);
    progress.stop();
    expect(stream.written).toEqual(["synthesizing main\n", "dev: planned in 1.2 s\n", "prod: failed in 0.1 s\n"]);
  });

  test("at a terminal is what runs now", () => {
    const stream = terminalOf({ isTTY: true, columns: 80 });
    const progress = progressOn(stream);
    progress.step("dev", "init");
    progress.step("prod", "validate");
    expect(stream.written.at(-1)).toContain("dev: init · prod: validate");
    progress.done("dev", true, 1);
    expect(stream.written.at(-1)).toMatch(/ prod: validate$/);
    progress.stop();
  });
});
