import { periodText } from "./period";
import { printString } from "./print-expression";
import type { SourceCommand, SourceEntry, SourceSelection, SourceTime, SourceValue } from "./query";

const printEntry = ({ key, value }: SourceEntry): string => `${printString({ raw: key })}: ${printValue(value)}`;

function printValue(value: SourceValue): string {
  switch (value.kind) {
    case "string":
      return printString(value);
    case "list":
      return `[${value.items.map(printValue).join(", ")}]`;
    case "object":
      return `{${value.entries.map(printEntry).join(", ")}}`;
  }
}

function printSelection(selection: SourceSelection): string {
  switch (selection.kind) {
    case "group":
      return printString(selection.name);
    case "logGroups":
      return `logGroups(${selection.filters.map(({ key, value }) => `${key}: ${printValue(value)}`).join(", ")})`;
    case "logGroupTags":
    case "dataSource":
      return `${selection.kind}(${printValue(selection.argument)})`;
  }
}

const printTime = (time: SourceTime): string => (time.kind === "now" ? "now" : `-${periodText(time.period)}`);

/** A `SOURCE` command in canonical form. */
export function printSource({ selections, start, end }: SourceCommand): string {
  return [
    "SOURCE",
    ...selections.map(printSelection),
    ...(start === undefined ? [] : [`start=${printTime(start)}`]),
    ...(end === undefined ? [] : [`end=${printTime(end)}`]),
  ].join(" ");
}
