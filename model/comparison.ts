/** How a value is held against a threshold. */
export type Comparison = ">" | ">=" | "<" | "<=";

/** Whether the comparison is true of large values; the others are of small ones. */
export const isUpper = (comparison: Comparison): boolean => comparison === ">" || comparison === ">=";

/** Every comparison as people say it. */
export const comparisonWords: Readonly<Record<string, Comparison>> = {
  ">": ">",
  ">=": ">=",
  "<": "<",
  "<=": "<=",
  above: ">",
  "at least": ">=",
  below: "<",
  "at most": "<=",
};
