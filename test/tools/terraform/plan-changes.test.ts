import { describe, expect, test } from "@jest/globals";
import { changesOf, countsOf } from "../../../tools/terraform/plan-changes";

const change = (address: string, actions: readonly string[], more: object = {}) => ({
  address,
  mode: "managed",
  change: { actions },
  ...more,
});

const plan = (...changes: readonly object[]): string =>
  JSON.stringify({ format_version: "1.2", resource_changes: changes });

describe("the changes of a plan", () => {
  test.each([
    [["create"], "create"],
    [["update"], "update"],
    [["delete"], "delete"],
    [["delete", "create"], "replace"],
    [["create", "delete"], "replace"],
    [["forget"], "forget"],
    [["no-op"], "no-op"],
  ])("%j is %s", (actions, action) => {
    expect(changesOf(plan(change("a.b", actions)))).toEqual({ ok: true, value: [{ address: "a.b", action }] });
  });

  test("a resource that only moved is a move; one that changes too is an update that tells from where", () => {
    const moved = { previous_address: "a.old" };
    expect(changesOf(plan(change("a.b", ["no-op"], moved), change("a.c", ["update"], moved)))).toEqual({
      ok: true,
      value: [
        { address: "a.b", action: "move", previousAddress: "a.old" },
        { address: "a.c", action: "update", previousAddress: "a.old" },
      ],
    });
  });

  test("reading data is no change", () => {
    expect(changesOf(plan({ ...change("data.a.b", ["read"]), mode: "data" }))).toEqual({ ok: true, value: [] });
  });

  test("a plan of nothing has none", () => {
    expect(changesOf(JSON.stringify({ format_version: "1.2" }))).toEqual({ ok: true, value: [] });
  });

  test.each([
    ["another format", JSON.stringify({ format_version: "2.0" }), /another format/],
    ["an action of tomorrow", plan(change("a.b", ["teleport"])), /unknown action for a\.b: teleport/],
  ])("%s is refused", (_, text, error) => {
    expect(changesOf(text)).toEqual({ ok: false, error: expect.stringMatching(error) });
  });

  test("are counted by action", () => {
    const changes = changesOf(
      plan(change("a.b", ["create"]), change("a.c", ["create"]), change("a.d", ["delete", "create"])),
    );
    expect(changes.ok && countsOf(changes.value)).toEqual({
      create: 2,
      update: 0,
      delete: 0,
      replace: 1,
      "no-op": 0,
      move: 0,
      forget: 0,
    });
  });
});
