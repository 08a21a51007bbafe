import { didYouMean } from "../../model/suggest";
import {
  advance,
  atSymbol,
  type Cursor,
  expectClosing,
  expected,
  peek,
  report,
  skipItem,
  spanFrom,
  takeSymbol,
} from "./cursor";
import type { Call, Expression } from "./expression";
import { FOREIGN_FUNCTIONS, FUNCTIONS, type FunctionSpec, functionNamed } from "./functions";
import { periodFault } from "./period";

function arity(spec: FunctionSpec): string {
  if (spec.max === 0) {
    return "no arguments";
  }
  const amount =
    spec.min === spec.max
      ? `${spec.min}`
      : spec.max === Number.POSITIVE_INFINITY
        ? `at least ${spec.min}`
        : spec.min === 0
          ? `at most ${spec.max}`
          : `${spec.min} to ${spec.max}`;
  return `${amount} ${spec.max === 1 ? "argument" : "arguments"}`;
}

function unknownFunction(cursor: Cursor, call: Call, length: number): void {
  const replacement = FOREIGN_FUNCTIONS.get(call.name.toLowerCase());
  const names = FUNCTIONS.map((spec) => spec.name);
  const fix = replacement === undefined ? didYouMean(call.name, names) : ` Write ${replacement}.`;
  report(cursor, { offset: call.at.offset, length }, `There is no function "${call.name}".${fix}`);
}

/** Only a period may stand where one belongs, and only there; the percentile of `pct` lies between 0 and 100. */
function checkArguments(cursor: Cursor, call: Call, spec: FunctionSpec): void {
  for (const [index, arg] of call.args.entries()) {
    if (index === spec.periodAt) {
      const fault = arg.kind === "period" ? periodFault(arg) : `${spec.name} takes a period such as 5m here.`;
      if (fault !== undefined) {
        report(cursor, arg.at, fault);
      }
    } else if (arg.kind === "period") {
      report(cursor, arg.at, `${spec.name} takes no period here.`);
    } else if (arg.kind === "all" && spec.takesAll === undefined) {
      report(cursor, arg.at, `${spec.name} takes a field; only count takes "*".`);
    } else if (spec.name === "pct" && index === 1 && arg.kind === "number" && Number(arg.text) > 100) {
      report(cursor, arg.at, `A percentile lies between 0 and 100, ${arg.text} does not.`);
    }
  }
}

function checkCall(cursor: Cursor, call: Call, nameLength: number): void {
  const spec = functionNamed(call.name);
  if (spec === undefined) {
    unknownFunction(cursor, call, nameLength);
    return;
  }
  if (call.args.length < spec.min || call.args.length > spec.max) {
    report(cursor, call.at, `${spec.name} takes ${arity(spec)}, not ${call.args.length}.`);
  }
  checkArguments(cursor, call, spec);
}

/** The arguments up to the closing parenthesis, the opening one being read. */
function parseArguments(
  cursor: Cursor,
  parseExpression: (cursor: Cursor) => Expression | undefined,
): readonly Expression[] | undefined {
  const open = peek(cursor, -1);
  const args: Expression[] = [];
  if (takeSymbol(cursor, ")")) {
    return args;
  }
  let sound = true;
  do {
    const star = atSymbol(cursor, "*");
    const arg: Expression | undefined = star ? { kind: "all", at: advance(cursor).at } : parseExpression(cursor);
    if (arg === undefined) {
      sound = false;
      skipItem(cursor, open.depth + 1);
    } else {
      args.push(arg);
    }
  } while (takeSymbol(cursor, ","));
  return expectClosing(cursor, open.at) && sound ? args : undefined;
}

/**
 * A function call, the cursor being at its name. An unknown function, a wrong number of arguments or a wrong period is
 * reported, and the call is still a call.
 */
export function parseCall(
  cursor: Cursor,
  parseExpression: (cursor: Cursor) => Expression | undefined,
): Call | undefined {
  const token = advance(cursor);
  if (token.kind !== "word") {
    return expected(cursor, "a function");
  }
  advance(cursor);
  const args = parseArguments(cursor, parseExpression);
  if (args === undefined) {
    return undefined;
  }
  const [written] = token.path;
  const name = functionNamed(token.keyword)?.name ?? `${written}`;
  const call: Call = { kind: "call", name, args, at: spanFrom(cursor, token.at) };
  checkCall(cursor, call, token.at.length);
  return call;
}
