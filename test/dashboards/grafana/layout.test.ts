import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type GridPosition, gridColumns, layout } from "../../../dashboards/grafana/layout";
import type { Panel, Visualization } from "../../../model/dashboard";

const visualizations = ["timeseries", "stat", "gauge", "bar-gauge", "table", "logs", "text"] as const;

const panelOf = (key: string, visualization: Visualization, width?: number, text?: string): Panel => ({
  key,
  title: key,
  visualization,
  queries: [],
  ...(width === undefined ? {} : { width }),
  ...(text === undefined ? {} : { text }),
});

const sections = fc.array(
  fc.array(
    fc.record({
      visualization: fc.constantFrom(...visualizations),
      width: fc.option(fc.double({ min: -5, max: 40, noNaN: true }), { nil: undefined }),
      text: fc.option(fc.string({ unit: fc.constantFrom("a", "\n") }), { nil: undefined }),
    }),
    { maxLength: 12 },
  ),
  { maxLength: 6 },
);

const sectionsOf = (panels: readonly (readonly Panel[])[]) =>
  panels.map((own, index) => ({ key: `s${index}`, title: `S${index}`, panels: own }));

const everything = (placed: ReturnType<typeof layout>): readonly GridPosition[] =>
  placed.flatMap(({ position, panels }) => [position, ...panels.map((panel) => panel.position)]);

const overlap = (a: GridPosition, b: GridPosition): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Positions of the panels of one section. */
const positions = (...panels: readonly Panel[]): readonly GridPosition[] =>
  layout(sectionsOf([panels])).flatMap((section) => section.panels.map(({ position }) => position));

describe("whatever the panels", () => {
  const placements = sections.map((all) =>
    layout(
      sectionsOf(
        all.map((own, s) => own.map((panel, p) => panelOf(`p${s}-${p}`, panel.visualization, panel.width, panel.text))),
      ),
    ),
  );

  test("nothing leaves the 24 columns, and everything has a place in whole cells", () => {
    fc.assert(
      fc.property(placements, (placed) => {
        for (const { x, y, w, h } of everything(placed)) {
          expect([x, y, w, h].every(Number.isInteger)).toBe(true);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x + w).toBeLessThanOrEqual(gridColumns);
          expect(Math.min(w, h)).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });

  test("nothing overlaps", () => {
    fc.assert(
      fc.property(placements, (placed) => {
        const all = everything(placed);
        for (const [index, one] of all.entries())
          for (const other of all.slice(index + 1)) expect(overlap(one, other)).toBe(false);
      }),
    );
  });

  test("reading order is the order they were given in: by line, then from the left", () => {
    fc.assert(
      fc.property(placements, (placed) => {
        const all = everything(placed);
        const read = [...all].sort((a, b) => a.y - b.y || a.x - b.x);
        expect(read).toEqual(all);
      }),
    );
  });

  test("no panel is lost", () => {
    fc.assert(
      fc.property(sections, (all) => {
        const given = all.map((own, s) => own.map(({ visualization }, p) => panelOf(`p${s}-${p}`, visualization)));
        expect(layout(sectionsOf(given)).map((section) => section.panels.map(({ panel }) => panel))).toEqual(given);
      }),
    );
  });
});

test.each<[Visualization, number, number]>([
  ["stat", 6, 4],
  ["gauge", 6, 6],
  ["bar-gauge", 12, 6],
  ["timeseries", 12, 8],
  ["table", 24, 8],
  ["logs", 24, 10],
])("a %s is %i columns wide and %i rows high", (visualization, w, h) => {
  expect(positions(panelOf("p", visualization))).toEqual([{ x: 0, y: 1, w, h }]);
});

test("a panel that does not fit begins the next line", () => {
  expect(positions(panelOf("a", "stat"), panelOf("b", "timeseries"), panelOf("c", "timeseries"))).toEqual([
    { x: 0, y: 1, w: 6, h: 8 },
    { x: 6, y: 1, w: 12, h: 8 },
    { x: 0, y: 9, w: 12, h: 8 },
  ]);
});

test("panels of one line are as high as the highest", () => {
  expect(positions(panelOf("a", "stat"), panelOf("b", "gauge")).map(({ h }) => h)).toEqual([6, 6]);
});

test("a text grows with its lines, up to a screen's half", () => {
  const heights = [1, 4, 100].map((lines) => {
    const [position] = positions(panelOf("t", "text", undefined, Array(lines).fill("x").join("\n")));
    return position?.h;
  });
  expect(heights).toEqual([3, 6, 12]);
});

test("a width of one's own is kept; one beyond the grid is the grid's", () => {
  expect(positions(panelOf("a", "stat", 8), panelOf("b", "stat", 99)).map(({ w }) => w)).toEqual([8, 24]);
});

test("sections stand below each other, each under a title of one row", () => {
  const placed = layout(sectionsOf([[panelOf("a", "stat")], [], [panelOf("b", "stat")]]));
  expect(placed.map(({ position }) => position)).toEqual([
    { x: 0, y: 0, w: 24, h: 1 },
    { x: 0, y: 5, w: 24, h: 1 },
    { x: 0, y: 6, w: 24, h: 1 },
  ]);
});
