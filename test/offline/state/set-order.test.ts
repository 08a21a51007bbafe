import { expect, test } from "@jest/globals";
import { inSetOrder } from "../../../offline/state/set-order";

test.each([
  ["texts, by their bytes", ["b", "a", "Z", "a"], ["Z", "a", "b"]],
  ["numbers, by their value", [10, 9, 2], [2, 9, 10]],
  [
    "objects, by what their attributes are in the order of their names: a text stands before none",
    [
      { expression: null, id: "m1" },
      { expression: "m1 * 100", id: "e1" },
    ],
    [
      { expression: "m1 * 100", id: "e1" },
      { expression: null, id: "m1" },
    ],
  ],
  [
    "objects that differ in a number, as its digits",
    [{ n: 9 }, { n: 10 }, { n: 1e11 }],
    [{ n: 10 }, { n: 1e11 }, { n: 9 }],
  ],
  ["objects that are alike, once", [{ a: true }, { a: true }], [{ a: true }]],
])("the elements of a set: %s", (_what, elements, ordered) => {
  expect(inSetOrder(elements)).toEqual(ordered);
});
