import { never } from "../model/result";
import { didYouMean } from "../model/suggest";
import type { ExpectedMetric, ExpectedPage } from "./contract";
import type { ExposedMetric } from "./exposition";

/** How a page differs from its contract. */
export type DifferenceKind =
  | "missing"
  | "undeclared"
  | "wrong-type"
  | "missing-label"
  | "undeclared-label"
  | "undeclared-value"
  | "unbounded-label";

export interface Difference {
  readonly kind: DifferenceKind;
  readonly metric: string;
  readonly label?: string;
  /** What differs, in one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** Labels that the format itself adds, by type. */
const own: Readonly<Record<string, readonly string[]>> = { histogram: ["le"], summary: ["quantile"] };

/** A value that names one thing of ever more: a UUID, a long number, a long hexadecimal text, an e-mail address. */
const identifier = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$|^\d{7,}$|^(?=.*\d)[0-9a-f]{16,}$|^\S+@\S+\.\S+$/i;
/** The same within a path, as `/orders/12345`. */
const inPath = /\/(?:\d+|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})(?:\/|$)/i;

const quoted = (values: readonly string[]): string => {
  const shown = values.slice(0, 3).map((value) => JSON.stringify(value));
  return values.length > shown.length
    ? `${shown.join(", ")} and ${values.length - shown.length} more`
    : shown.join(", ");
};

const article = (type: string): string => (type === "untyped" ? "of no type" : `a ${type}`);

/** What is wrong with the values that a label has. */
function valuesOf(expected: ExpectedMetric, label: string, values: readonly string[]): readonly Difference[] {
  const declared = expected.labels[label];
  if (declared === undefined) return [];
  const where = { metric: expected.name, label };
  switch (declared.kind) {
    case "closed": {
      const others = values.filter((each) => !declared.values.includes(each));
      if (others.length === 0) return [];
      return [
        {
          ...where,
          kind: "undeclared-value",
          message: `${label} is ${quoted(others)}, which is not declared.${didYouMean(others[0] ?? "", declared.values)}`,
          fix: `declare the value, or emit one of ${declared.values.join(", ")}`,
        },
      ];
    }
    case "bounded": {
      const ids = values.filter((each) => identifier.test(each) || inPath.test(each));
      // What the contract gives as its example is what is meant, whatever it looks like.
      const alike = identifier.test(declared.example) || inPath.test(declared.example);
      if (values.length > declared.max)
        return [
          {
            ...where,
            kind: "unbounded-label",
            message: `${label} has ${values.length} values, more than the ${declared.max} that are declared: ${quoted(values)}`,
            fix: `emit what there are few of (the route's template, not the path), or declare more, such as ${declared.example}`,
          },
        ];
      if (ids.length > 0 && !alike)
        return [
          {
            ...where,
            kind: "unbounded-label",
            message: `${label} has values that look like ids: ${quoted(ids)}`,
            fix: `emit what there are few of, such as ${JSON.stringify(declared.example)}: each id makes a series for ever`,
          },
        ];
      return [];
    }
    default:
      return never(declared);
  }
}

function labelsOf(expected: ExpectedMetric, { type, samples }: ExposedMetric): readonly Difference[] {
  const values = new Map<string, Set<string>>();
  for (const { labels } of samples) {
    for (const [label, value] of Object.entries(labels)) values.set(label, (values.get(label) ?? new Set()).add(value));
  }
  const declared = Object.keys(expected.labels);
  const without = (label: string): boolean => samples.some(({ labels }) => !Object.hasOwn(labels, label));
  return [
    ...declared.filter(without).map(
      (label): Difference => ({
        kind: "missing-label",
        metric: expected.name,
        label,
        message: `${values.has(label) ? "some samples have" : "no sample has"} no label ${label}`,
        fix: "emit it, or take it out of the contract and of what reads it",
      }),
    ),
    ...[...values.keys()]
      .filter((label) => !declared.includes(label) && !own[type]?.includes(label))
      .map(
        (label): Difference => ({
          kind: "undeclared-label",
          metric: expected.name,
          label,
          message: `its label ${label} is not declared.${didYouMean(label, declared)}`,
          fix: "declare it with the values that it may have, or do not emit it",
        }),
      ),
    ...[...values].flatMap(([label, found]) => valuesOf(expected, label, [...found].sort())),
  ];
}

function metricOf(
  expected: ExpectedMetric,
  exposed: ExposedMetric | undefined,
  names: readonly string[],
): readonly Difference[] {
  const metric = expected.name;
  if (exposed === undefined) {
    if (expected.optional === true) return [];
    return [
      {
        kind: "missing",
        metric,
        message: `it is declared, and not on the page.${didYouMean(metric, names)}`,
        fix: "emit it, or take it out of the contract; every alert on it is silent",
      },
    ];
  }
  const wrong: readonly Difference[] =
    exposed.type === expected.type
      ? []
      : [
          {
            kind: "wrong-type",
            metric,
            message: `it is ${article(exposed.type)}, and declared ${article(expected.type)}`,
            fix: "make both the same: a rate of a gauge and a level of a counter mean nothing",
          },
        ];
  return [...wrong, ...labelsOf(expected, exposed)];
}

/** How a page differs from its contract; none when it conforms. In the order of the contract, then what is undeclared by name. */
export function differences({ metrics, ignore }: ExpectedPage, page: readonly ExposedMetric[]): readonly Difference[] {
  const exposed = new Map(page.map((metric) => [metric.name, metric]));
  const expected = new Set(metrics.map(({ name }) => name));
  const others = page
    .map(({ name }) => name)
    .filter((name) => !expected.has(name) && !ignore.some((prefix) => name.startsWith(prefix)));
  // Two contracts of a service may declare one metric alike.
  const once = metrics.filter(({ name }, index) => metrics.findIndex((each) => each.name === name) === index);
  return [
    ...once.flatMap((metric) => metricOf(metric, exposed.get(metric.name), others)),
    ...others.map(
      (name): Difference => ({
        kind: "undeclared",
        metric: name,
        message: `it is on the page, and not declared.${didYouMean(name, expected)}`,
        fix: "declare it, or do not emit it: what nobody reads costs all the same",
      }),
    ),
  ];
}
