import type { Diagnostic, Parsed } from "../diagnostic";
import type { TextSpan } from "../promql/query";
import { templateVariables } from "./functions";
import { peek, type Reader, readPipeline } from "./pipeline";
import type { Pipeline, Template, TemplateNode } from "./syntax";
import { type Piece, piecesOf, type Token } from "./tokens";

/** What is open until its `end`. */
interface Block extends TextSpan {
  readonly word: string;
  /** Variables known before it. */
  readonly variables: readonly string[];
  readonly atRoot: boolean;
  /** Whether its last `else` has come. */
  over: boolean;
}

interface State {
  readonly nodes: TemplateNode[];
  readonly open: Block[];
  readonly diagnostics: Diagnostic[];
  readonly report: Reader["report"];
  variables: readonly string[];
  atRoot: boolean;
}

/** The variables that are always there; the first is `$`. */
const KNOWN: readonly string[] = ["", ...templateVariables];

type Action = Extract<Piece, { kind: "action" }>;

/**
 * Parse the template of an alert's label or annotation, with what Prometheus adds to Go's: its functions, and the variables
 * `$labels`, `$value`, `$externalLabels` and `$externalURL`. What is refused here is refused by Prometheus, and the whole rule
 * file with it. Source: Go, package text/template.
 */
export function parseTemplate(text: string): Parsed<Template> {
  // Nearly every text without braces, and with nothing to find in it.
  if (!text.includes("{{"))
    return { ok: true, value: { nodes: [], texts: [{ text, offset: 0, length: text.length }] } };
  const read = piecesOf(text);
  if (!read.ok) return { ok: false, diagnostics: [read.diagnostic] };
  const diagnostics: Diagnostic[] = [];
  const state: State = {
    nodes: [],
    open: [],
    diagnostics,
    variables: KNOWN,
    atRoot: true,
    report(message, { offset, length }) {
      diagnostics.push({ message, offset, length });
    },
  };
  for (const piece of read.pieces) if (piece.kind === "action") readAction(state, piece);
  for (const { word, offset, length } of state.open)
    state.diagnostics.push({ message: `This "${word}" has no {{ end }}.`, offset, length });
  // A later mistake often follows from the first.
  const [first] = state.diagnostics.sort((a, b) => a.offset - b.offset);
  if (first !== undefined) return { ok: false, diagnostics: [first] };
  const texts = read.pieces.flatMap((piece) =>
    piece.kind === "text" ? [{ text: piece.text, offset: piece.offset, length: piece.text.length }] : [],
  );
  return { ok: true, value: { nodes: state.nodes, texts } };
}

function readAction(state: State, action: Action): void {
  const { report } = state;
  const reader: Reader = { tokens: action.tokens, action, at: 0, variables: state.variables, report };
  const first = peek(reader);
  const word = first?.kind === "word" ? first.text : "";
  switch (word) {
    case "if":
    case "with":
    case "range":
      reader.at += 1;
      openBlock(state, reader, word);
      break;
    case "else":
      reader.at += 1;
      readElse(state, reader);
      break;
    case "end":
      reader.at += 1;
      closeBlock(state, reader);
      break;
    case "define":
    case "block":
    case "template":
      reader.at += 1;
      readNamed(state, reader, word);
      break;
    case "break":
    case "continue":
      reader.at += 1;
      if (!state.open.some((block) => block.word === "range")) report(`"${word}" belongs into a range.`, action);
      break;
    default:
      addNode(state, reader, readDeclaring(reader, false));
      state.variables = reader.variables;
  }
  const rest = peek(reader);
  if (rest !== undefined) report(rest.kind === "close" ? 'This ")" closes nothing.' : "This cannot stand here.", rest);
}

interface Declaring {
  readonly pipeline: Pipeline;
  readonly assigns: boolean;
}

/** A pipeline, with the variable that it is kept in; in a range there may be two. */
function readDeclaring(reader: Reader, ranges: boolean): Declaring {
  const start = reader.at;
  const names: string[] = [];
  for (let token = peek(reader); token?.kind === "variable"; token = peek(reader)) {
    names.push(token.text.slice(1));
    reader.at += 1;
    const next = peek(reader);
    if (next?.kind === "comma" && ranges && names.length === 1) {
      reader.at += 1;
      continue;
    }
    if (next?.kind !== "declare" && next?.kind !== "assign") break;
    reader.at += 1;
    const pipeline = readPipeline(reader);
    if (next.kind === "declare") reader.variables = [...reader.variables, ...names];
    return { pipeline, assigns: true };
  }
  reader.at = start;
  return { pipeline: readPipeline(reader), assigns: false };
}

function addNode(state: State, { action }: Reader, { pipeline, assigns }: Declaring, use?: TemplateNode["use"]): void {
  const { offset, length } = action;
  state.nodes.push({ pipeline, use: use ?? (assigns ? "assign" : "print"), atRoot: state.atRoot, offset, length });
}

function openBlock(state: State, reader: Reader, word: "if" | "with" | "range"): void {
  const { variables, atRoot } = state;
  addNode(state, reader, readDeclaring(reader, word === "range"), word);
  const { offset, length } = reader.action;
  state.open.push({ word, variables, atRoot, over: false, offset, length });
  state.variables = reader.variables;
  state.atRoot = atRoot && word === "if";
}

function readElse(state: State, reader: Reader): void {
  const block = state.open.at(-1);
  if (block === undefined || block.over || !["if", "with", "range"].includes(block.word)) {
    reader.report('There is no "if" before this "else".', reader.action);
    return;
  }
  state.atRoot = block.atRoot;
  const next = peek(reader);
  const word = next?.kind === "word" ? next.text : "";
  if ((word === "if" || word === "with") && word === block.word) {
    reader.at += 1;
    addNode(state, reader, readDeclaring(reader, false), word);
    state.variables = reader.variables;
    state.atRoot = block.atRoot && word === "if";
  } else {
    block.over = true;
  }
}

function closeBlock(state: State, reader: Reader): void {
  const block = state.open.pop();
  if (block === undefined) {
    reader.report('This "end" ends nothing.', reader.action);
    return;
  }
  state.variables = block.variables;
  state.atRoot = block.atRoot;
}

/** `{{ define "x" }}`, `{{ block "x" . }}` and `{{ template "x" . }}`. */
function readNamed(state: State, reader: Reader, word: "define" | "block" | "template"): void {
  const name: Token | undefined = peek(reader);
  if (name?.kind !== "string") {
    reader.report(`"${word}" needs the name of a template, in double quotes.`, name ?? reader.action);
    reader.at = reader.tokens.length;
    return;
  }
  reader.at += 1;
  if (word === "define" && state.open.length > 0) reader.report('A "define" cannot stand within another block.', name);
  if (word === "block" || (word === "template" && peek(reader) !== undefined))
    addNode(state, reader, readDeclaring(reader, false), "template");
  if (word === "template") return;
  const { offset, length } = reader.action;
  state.open.push({ word, variables: state.variables, atRoot: state.atRoot, over: true, offset, length });
  // A template of its own sees no variables of the one around it.
  state.variables = [""];
  state.atRoot = false;
}
