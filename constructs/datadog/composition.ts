import { isDeepStrictEqual } from "node:util";
import {
  type CompositeQuery,
  compositeMonitor,
  compositeProblem,
  monitorsIn,
} from "../../languages/datadog/composite-query";
import { isLogical, type LogicalOperator } from "../../model/condition";
import {
  type DefiniteCondition,
  expandBurnRate,
  labelsOfCondition,
  primaryComparison,
} from "../../model/definite-condition";
import { selectionsOf } from "../../model/expression";
import { fail, never, ok, type Result } from "../../model/result";
import { monitorQuery } from "./monitor-query";
import { fullWords, type PartWords, partWords, slugsOf } from "./part-name";
import type { MonitorQuery, QueryOptions, SimpleCondition } from "./single-query";

/** A monitor of its own for a part of a condition; it tells nobody. */
export interface MonitorPart {
  /** What it is about, in the letters of an id; unique within its alert, and never a position in it. */
  readonly id: string;
  /** What it is about, for people. */
  readonly title: string;
  readonly query: MonitorQuery;
  /** Whether missing data of this part is a matter for the alert. */
  readonly heard: boolean;
}

/** Several monitors, and how they are put together. Ids in the expression are those of the parts. */
export interface Composition {
  readonly expression: CompositeQuery;
  readonly parts: readonly MonitorPart[];
}

/** A condition of simple ones: ranges are two of them, and so are burn rates. */
type Tree =
  | { readonly kind: "simple"; readonly condition: SimpleCondition }
  | { readonly kind: LogicalOperator; readonly left: Tree; readonly right: Tree };

function treeOf(condition: DefiniteCondition): Tree {
  switch (condition.kind) {
    case "and":
    case "or":
    case "unless":
      return { kind: condition.kind, left: treeOf(condition.left), right: treeOf(condition.right) };
    case "outside": {
      const { expression, low, high } = condition;
      return {
        kind: "or",
        left: { kind: "simple", condition: { kind: "compare", expression, comparison: "<", threshold: low } },
        right: { kind: "simple", condition: { kind: "compare", expression, comparison: ">", threshold: high } },
      };
    }
    case "burn-rate":
      return treeOf(expandBurnRate(condition));
    case "compare":
    case "absent":
    case "anomaly":
    case "raw":
      return { kind: "simple", condition };
    default:
      return never(condition);
  }
}

/** The metrics and filters that a condition reads, to tell whether two sides have the same groups. */
const sourcesOf = (condition: DefiniteCondition): unknown => {
  switch (condition.kind) {
    case "compare":
    case "outside":
    case "anomaly":
      return selectionsOf(condition.expression);
    case "and":
    case "or":
    case "unless":
    case "absent":
    case "burn-rate":
    case "raw":
      return condition;
    default:
      return never(condition);
  }
};

/**
 * Why the groups of two sides do not find each other. Datadog considers the groups alone that both sides report (Composite Monitor,
 * "Common reporting sources"), which is what "and" means; of "or" and "unless" it would lose those that one side lacks.
 */
function groupProblem(condition: DefiniteCondition): string | undefined {
  if (!isLogical(condition)) return undefined;
  const { kind, left, right } = condition;
  const inner = groupProblem(left) ?? groupProblem(right);
  const [ours, theirs] = [labelsOfCondition(left), labelsOfCondition(right)];
  if (inner !== undefined || ours === undefined || theirs === undefined) return inner;
  const lost = theirs.filter((label) => !ours.includes(label));
  const unlike = lost.length > 0 ? lost : kind === "or" ? ours.filter((label) => !theirs.includes(label)) : [];
  if (unlike.length > 0) {
    return `only one side of "${kind}" is kept apart by ${unlike.join(", ")}, so that the two never meet; keep both apart by the same labels`;
  }
  const together = kind === "and" || theirs.length === 0 || isDeepStrictEqual(sourcesOf(left), sourcesOf(right));
  return together
    ? undefined
    : `Datadog judges "${kind}" for those ${theirs.join(", ")} alone that both sides report; keep the right side together, or evaluate the alert with prometheus (evaluator: "prometheus")`;
}

/** Whether missing data of one side could go untold: Datadog takes "and" for well while its other side is. What excuses is not heard. */
function hidesSilence(tree: Tree): boolean {
  switch (tree.kind) {
    case "simple":
      return false;
    case "and":
      return true;
    case "or":
      return hidesSilence(tree.left) || hidesSilence(tree.right);
    case "unless":
      return hidesSilence(tree.left);
    default:
      return never(tree);
  }
}

interface Draft {
  readonly words: PartWords;
  readonly query: MonitorQuery;
  readonly heard: boolean;
}

type Drafted =
  | { readonly kind: "draft"; readonly draft: Draft }
  | { readonly kind: LogicalOperator; readonly left: Drafted; readonly right: Drafted };

interface Place {
  readonly excuses: boolean;
  readonly first: boolean;
}

function drafted(tree: Tree, options: QueryOptions, { excuses, first }: Place): Result<Drafted> {
  if (tree.kind === "simple") {
    const recovery = first ? options.recovery : undefined;
    const query = monitorQuery(tree.condition, { ...options, atAnyTime: excuses, recovery });
    if (!query.ok) return query;
    const words = partWords(tree.condition, excuses);
    return ok({ kind: "draft", draft: { words, query: query.value, heard: !excuses } });
  }
  const left = drafted(tree.left, options, { excuses, first });
  if (!left.ok) return left;
  const right = drafted(tree.right, options, { excuses: tree.kind === "unless" ? !excuses : excuses, first: false });
  return right.ok ? ok({ kind: tree.kind, left: left.value, right: right.value }) : right;
}

const draftsIn = (of: Drafted): readonly Draft[] =>
  of.kind === "draft" ? [of.draft] : [...draftsIn(of.left), ...draftsIn(of.right)];

/** Ids of drafts by their queries. */
function idsOf(drafts: readonly Draft[]): Result<ReadonlyMap<string, string>> {
  const distinct = [...new Map(drafts.map((draft) => [draft.query.text, draft.words]))];
  const slugs = slugsOf(distinct.map(([, words]) => words));
  return new Set(slugs).size === slugs.length
    ? ok(new Map(distinct.map(([text], index) => [text, slugs[index] ?? ""])))
    : fail("two parts of the condition read alike, and cannot be told apart by a name; write it as two alerts");
}

function expressionOf(of: Drafted, idOf: (draft: Draft) => string): CompositeQuery {
  if (of.kind === "draft") return compositeMonitor(idOf(of.draft));
  const left = expressionOf(of.left, idOf);
  const right = expressionOf(of.right, idOf);
  return of.kind === "unless"
    ? { kind: "and", left, right: { kind: "not", of: right } }
    : { kind: of.kind, left, right };
}

/**
 * A condition as several monitors, or why Datadog cannot say it. A range is two monitors, and not the distance from its middle,
 * which one monitor could compare: the page then says what was measured, in its own unit, and not how far it was from a number that
 * nobody wrote.
 */
export function composition(
  condition: DefiniteCondition,
  options: QueryOptions & { readonly tellsSilence: boolean },
): Result<Composition> {
  const problem = groupProblem(condition);
  if (problem !== undefined) return fail(problem);
  const tree = treeOf(condition);
  if (options.tellsSilence && hidesSilence(tree)) {
    return fail(
      `Datadog does not tell of missing data (noData: "alert") on one side of "and" while the other side is well; leave noData out, and add an alert on the absence`,
    );
  }
  const first = primaryComparison(condition) !== undefined;
  const result = drafted(tree, options, { excuses: false, first });
  if (!result.ok) return result;
  const drafts = draftsIn(result.value);
  const ids = idsOf(drafts);
  if (!ids.ok) return ids;
  const idOf = ({ query }: Draft): string => ids.value.get(query.text) ?? "";
  const expression = expressionOf(result.value, idOf);
  if (monitorsIn(expression).length < 2) return fail("both sides of the condition are the same; write one of them");
  const tooMany = compositeProblem(expression);
  if (tooMany !== undefined) return fail(`${tooMany} Write it as two alerts.`);
  const parts = monitorsIn(expression).flatMap((id) => {
    const same = drafts.filter((draft) => idOf(draft) === id);
    const heard = same.some((draft) => draft.heard);
    // The first one has the recovery, where there is one.
    return same.slice(0, 1).map(({ words, query }) => ({ id, title: fullWords(words), query, heard }));
  });
  return ok({ expression, parts });
}
