import { type LabelMatcher, type Labels, matchesAll } from "../../model/label-matcher";
import { matcherTexts } from "./matcher";
import type { TimingName } from "./timing";

/** A node of the routing tree. Source: Alertmanager, Configuration, "<route>". */
export interface RouteNode {
  /** None at the root, which takes everything. */
  readonly matchers: readonly LabelMatcher[];
  /** Name of a receiver. */
  readonly receiver: string;
  readonly timing: TimingName;
  /** Labels whose values make a group: one notification, one incident. */
  readonly groupBy: readonly string[];
  /** Whether the nodes after it are tried too. */
  readonly continues: boolean;
  /** Keys of the windows in which it tells nobody. */
  readonly mutedIn: readonly string[];
  /** Keys of the only windows in which it tells anybody. Absent: always. */
  readonly activeIn?: readonly string[];
  readonly routes: readonly RouteNode[];
}

/** A node that an alert ends at, with the matchers on the way to it as Alertmanager writes them. */
export interface Arrival {
  readonly node: RouteNode;
  readonly path: readonly string[];
}

/** The ways on which an alert goes through a tree, each as the nodes on it. */
function waysOf(node: RouteNode, labels: Labels): readonly (readonly RouteNode[])[] {
  if (!matchesAll(node.matchers, labels)) return [];
  const found: (readonly RouteNode[])[] = [];
  for (const child of node.routes) {
    const ways = waysOf(child, labels);
    for (const way of ways) found.push([node, ...way]);
    if (ways.length > 0 && !child.continues) break;
  }
  return found.length > 0 ? found : [[node]];
}

const pathText = ({ matchers }: RouteNode): string => `{${matchers.flatMap(matcherTexts).sort().join(",")}}`;

/**
 * Where an alert ends: in each node that it meets, at the first of the children that it meets and, while those continue, at the next;
 * at the node itself when it meets none of them.
 */
export const arrivalsOf = (root: RouteNode, labels: Labels): readonly Arrival[] =>
  waysOf(root, labels).flatMap((way) => {
    const node = way.at(-1);
    return node === undefined ? [] : [{ node, path: way.map(pathText) }];
  });

/** Names of the receivers that an alert reaches, in the order of the tree. */
export const receiversOf = (root: RouteNode, labels: Labels): readonly string[] =>
  waysOf(root, labels).flatMap((way) => way.at(-1)?.receiver ?? []);

/**
 * What identifies the group that an alert is in, and so, hashed, the incident at PagerDuty: the matchers on the way and the values of the
 * group's labels. Whatever changes it leaves an open incident that nothing resolves.
 */
export const groupKeyOf = ({ node, path }: Arrival, labels: Labels): string =>
  `${path.join("/")}:{${node.groupBy
    .toSorted()
    .map((label) => `${label}=${JSON.stringify(labels[label] ?? "")}`)
    .join(", ")}}`;

/** How many nodes a tree has. */
export const nodesOf = ({ routes }: RouteNode): number => 1 + routes.reduce((sum, child) => sum + nodesOf(child), 0);
