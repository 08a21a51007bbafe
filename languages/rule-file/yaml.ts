import { EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, YAMLException } from "js-yaml";
import type { Diagnostic } from "../diagnostic";

/** A node of a YAML document, with its place in the source. */
export type YamlNode = YamlScalar | YamlMap | YamlList;

/** The text of a scalar as it stands, whatever type a schema would make of it, which is also how Go puts one into a text. */
export interface YamlScalar {
  readonly kind: "scalar";
  readonly text: string;
  /** Neither quoted nor a block, so that it may be a number or nothing. */
  readonly plain: boolean;
  /** Its lines are the source's lines. */
  readonly literal: boolean;
  readonly start: number;
}

export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly { readonly key: YamlNode; readonly value: YamlNode }[];
  readonly start: number;
}

export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly start: number;
}

/** The documents of a file, or where it stops to be YAML. */
export type YamlFile =
  | { readonly ok: true; readonly documents: readonly YamlNode[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/** A map or list whose end is still to come. */
interface Open {
  readonly node: YamlMap | YamlList;
  readonly entries: { key: YamlNode; value: YamlNode }[];
  readonly items: YamlNode[];
  readonly anchor: string | undefined;
  key: YamlNode | undefined;
}

/** A key that takes the entries of other maps in (YAML 1.1: merge key language-independent type). */
const isMerge = (node: YamlNode): boolean => node.kind === "scalar" && node.plain && node.text === "<<";

/** The entries of a map, with those merged into it, of which its own and the earlier ones win. */
export function entriesOf(map: YamlMap): YamlMap["entries"] {
  if (!map.entries.some(({ key }) => isMerge(key))) return map.entries;
  const own = map.entries.filter(({ key }) => !isMerge(key));
  const names = new Set(own.map(({ key }) => (key.kind === "scalar" ? key.text : "")));
  const merged = map.entries
    .filter(({ key }) => isMerge(key))
    .flatMap(({ value }) => (value.kind === "list" ? value.items : [value]))
    .flatMap((value) => (value.kind === "map" ? entriesOf(value) : []));
  return [
    ...own,
    ...merged.filter(({ key }) => {
      const name = key.kind === "scalar" ? key.text : "";
      if (names.has(name)) return false;
      names.add(name);
      return true;
    }),
  ];
}

/** Read a file's YAML into nodes with places. Ten times as fast as with values and comments, which nobody needs here. */
export function readYaml(source: string): YamlFile {
  // Prometheus' YAML reader refuses to try.
  if (/^%YAML\s+(?!1\.1\b)/.test(source)) return fail("Prometheus reads YAML 1.1; leave the %YAML line out.", 0);
  try {
    return compose(source);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    return fail(`This is no YAML: ${error.reason}.`, error.mark?.position ?? 0);
  }
}

const fail = (message: string, offset: number): YamlFile => ({ ok: false, diagnostic: { message, offset, length: 0 } });

function compose(source: string): YamlFile {
  const documents: YamlNode[] = [];
  const open: Open[] = [];
  const anchors = new Map<string, YamlNode>();
  let root: YamlNode | undefined;
  let inDocument = false;
  const anchorOf = ({ anchorStart, anchorEnd }: { readonly anchorStart: number; readonly anchorEnd: number }) =>
    anchorStart < 0 ? undefined : source.slice(anchorStart, anchorEnd);
  const add = (node: YamlNode): void => {
    const parent = open.at(-1);
    if (parent === undefined) root = node;
    else if (parent.node.kind === "list") parent.items.push(node);
    else if (parent.key === undefined) parent.key = node;
    else {
      parent.entries.push({ key: parent.key, value: node });
      parent.key = undefined;
    }
  };
  let last = 0;
  for (const event of parseEvents(source, {})) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        inDocument = true;
        root = undefined;
        anchors.clear();
        break;
      case EVENT_ID.SCALAR: {
        if (event.valueStart >= 0) last = event.valueStart;
        const node: YamlScalar = {
          kind: "scalar",
          text: event.valueStart < 0 ? "" : getScalarValue(source, event),
          plain: event.style === SCALAR_STYLE.PLAIN && event.tagStart < 0,
          literal: event.style === SCALAR_STYLE.LITERAL_BLOCK,
          start: event.valueStart < 0 ? last : event.valueStart,
        };
        const anchor = anchorOf(event);
        if (anchor !== undefined) anchors.set(anchor, node);
        add(node);
        break;
      }
      case EVENT_ID.MAPPING:
      case EVENT_ID.SEQUENCE: {
        last = event.start;
        const entries: Open["entries"] = [];
        const items: YamlNode[] = [];
        const node =
          event.type === EVENT_ID.MAPPING
            ? { kind: "map" as const, entries, start: event.start }
            : { kind: "list" as const, items, start: event.start };
        open.push({ node, entries, items, anchor: anchorOf(event), key: undefined });
        break;
      }
      case EVENT_ID.ALIAS: {
        const name = source.slice(event.anchorStart, event.anchorEnd);
        const node = anchors.get(name);
        if (node === undefined) return fail(`There is no anchor "${name}" before this alias.`, event.anchorStart);
        add(node);
        break;
      }
      case EVENT_ID.POP: {
        const closed = open.pop();
        if (closed !== undefined) {
          if (closed.anchor !== undefined) anchors.set(closed.anchor, closed.node);
          add(closed.node);
        } else if (inDocument) {
          inDocument = false;
          if (root !== undefined) documents.push(root);
        }
        break;
      }
    }
  }
  return { ok: true, documents };
}
