import { didYouMean } from "../../model/suggest";
import type { TextSpan } from "../promql/query";
import { templateFunctions } from "./functions";
import type { Command, Operand, Pipeline } from "./syntax";
import type { Token } from "./tokens";

/** The words of an action on the way through them; the first mistake is kept, what follows from it is not. */
export interface Reader {
  readonly tokens: readonly Token[];
  readonly action: TextSpan;
  at: number;
  /** Variables known here. */
  variables: readonly string[];
  readonly report: (message: string, at: TextSpan) => void;
}

export const skipSpace = (reader: Reader): void => {
  while (reader.tokens[reader.at]?.kind === "space") reader.at += 1;
};

/** The next token, behind spaces. */
export function peek(reader: Reader): Token | undefined {
  skipSpace(reader);
  return reader.tokens[reader.at];
}

/** Where a reader is: the next word, or the whole action at its end. */
const placeOf = (reader: Reader): TextSpan => reader.tokens[reader.at] ?? reader.action;

/** Read a pipeline up to the end of the action or of its parentheses (Go: package text/template, "Pipelines"). */
export function readPipeline(reader: Reader): Pipeline {
  const commands: Command[] = [];
  for (;;) {
    const command = readCommand(reader);
    if (command === undefined) {
      // Go lets a pipeline end in a "|", but not be without a value.
      if (commands.length === 0 || peek(reader)?.kind === "pipe")
        reader.report("A value is missing here.", placeOf(reader));
      return { commands };
    }
    const [first] = command.operands;
    if (commands.length > 0 && !canBeCalled(first)) reader.report('Only a function can stand behind a "|".', first);
    commands.push(command);
    if (peek(reader)?.kind !== "pipe") return { commands };
    reader.at += 1;
  }
}

const canBeCalled = (operand: Operand): boolean =>
  operand.kind === "function" ||
  operand.kind === "variable" ||
  operand.kind === "pipeline" ||
  (operand.kind === "field" && operand.path.length > 0);

function readCommand(reader: Reader): Command | undefined {
  const operands: Operand[] = [];
  for (;;) {
    const token = peek(reader);
    if (token === undefined || token.kind === "pipe" || token.kind === "close") break;
    const operand = readOperand(reader, token);
    if (operand === undefined) {
      // Go on behind it, so that the action is read to its end.
      reader.at += 1;
      continue;
    }
    operands.push(operand);
  }
  const [first, ...rest] = operands;
  return first === undefined ? undefined : { operands: [first, ...rest] };
}

function readOperand(reader: Reader, token: Token): Operand | undefined {
  const place = { offset: token.offset, length: token.length };
  reader.at += 1;
  switch (token.kind) {
    case "string":
      return { kind: "string", value: token.value, ...place };
    case "number":
      return { kind: "number", integer: token.integer, ...place };
    case "dot":
      return { kind: "field", path: [], ...place };
    case "field":
      return { kind: "field", path: [token.text.slice(1), ...readPath(reader)], ...place };
    case "variable": {
      const name = token.text.slice(1);
      if (name !== "" && !reader.variables.includes(name))
        reader.report(`There is no variable "${token.text}".${meantVariable(name, reader.variables)}`, place);
      return { kind: "variable", name, path: readPath(reader), ...place };
    }
    case "word":
      return readWord(reader, token.text, place);
    case "open": {
      const pipeline = readPipeline(reader);
      if (peek(reader)?.kind !== "close") reader.report('This "(" is never closed.', place);
      reader.at += 1;
      return { kind: "pipeline", pipeline, path: readPath(reader), ...place };
    }
    default:
      reader.at -= 1;
      reader.report("This cannot stand here.", place);
      return undefined;
  }
}

function meantVariable(name: string, variables: readonly string[]): string {
  return didYouMean(
    `$${name}`,
    variables.filter((known) => known !== "").map((known) => `$${known}`),
  );
}

/** The fields that follow without a space. */
function readPath(reader: Reader): readonly string[] {
  const path: string[] = [];
  for (let token = reader.tokens[reader.at]; token?.kind === "field"; token = reader.tokens[reader.at]) {
    path.push(token.text.slice(1));
    reader.at += 1;
  }
  return path;
}

function readWord(reader: Reader, name: string, place: TextSpan): Operand {
  if (name === "true" || name === "false" || name === "nil") return { kind: "constant", ...place };
  if (!templateFunctions.has(name)) {
    const lost = /^(?:labels|value|externalLabels|externalURL)$/.test(name) ? ` Did you mean "$${name}"?` : "";
    const hint = lost || didYouMean(name, templateFunctions.keys());
    reader.report(`There is no template function "${name}".${hint}`, place);
  }
  return { kind: "function", name, ...place };
}
