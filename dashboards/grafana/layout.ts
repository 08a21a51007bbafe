import type { Panel, Section, Visualization } from "../../model/dashboard";

/** Columns of Grafana's grid (Grafana documentation, Dashboard JSON model, "Panel size and position"). */
export const gridColumns = 24;

/** Where a panel is drawn, in columns from the left and rows from the top. */
export interface GridPosition {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedPanel {
  readonly panel: Panel;
  readonly position: GridPosition;
}

/** A section with the position of its title and of its panels. */
export interface PlacedSection {
  readonly section: Section;
  readonly position: GridPosition;
  readonly panels: readonly PlacedPanel[];
}

/** Width and height that a visualization needs to be read; a row of the grid is 30 pixels high. */
const sizes: Readonly<Record<Visualization, { readonly w: number; readonly h: number }>> = {
  stat: { w: 6, h: 4 },
  gauge: { w: 6, h: 6 },
  "bar-gauge": { w: 12, h: 6 },
  timeseries: { w: 12, h: 8 },
  table: { w: 24, h: 8 },
  logs: { w: 24, h: 10 },
  text: { w: 24, h: 2 },
};

/** Rows after which a text scrolls instead of pushing everything else off the screen. */
const maxTextHeight = 12;

const widthOf = ({ visualization, width }: Panel): number =>
  Math.min(gridColumns, Math.max(1, Math.round(width ?? sizes[visualization].w)));

/** A text panel grows with its lines; every other visualization has one height. */
function heightOf({ visualization, text }: Panel): number {
  const { h } = sizes[visualization];
  return visualization === "text" ? Math.min(maxTextHeight, h + (text ?? "").split("\n").length) : h;
}

/** Splits panels into lines of at most 24 columns, in reading order; one that does not fit begins the next line. */
function linesOf(panels: readonly Panel[]): readonly (readonly Panel[])[] {
  const lines: Panel[][] = [];
  let free = 0;
  for (const panel of panels) {
    const width = widthOf(panel);
    const line = lines.at(-1);
    if (line === undefined || width > free) {
      lines.push([panel]);
      free = gridColumns - width;
    } else {
      line.push(panel);
      free -= width;
    }
  }
  return lines;
}

/** Panels of one line stand side by side and are all as high as the highest, so that no holes are left. */
function placeLine(line: readonly Panel[], y: number): readonly PlacedPanel[] {
  const h = Math.max(...line.map(heightOf));
  let x = 0;
  return line.map((panel) => {
    const w = widthOf(panel);
    const placed = { panel, position: { x, y, w, h } };
    x += w;
    return placed;
  });
}

/**
 * Positions of sections and panels on Grafana's grid: every section is a title of one row, then its panels in lines.
 * A width that is no whole number from 1 to 24 is drawn at the nearest one that is.
 */
export function layout(sections: readonly Section[]): readonly PlacedSection[] {
  let y = 0;
  return sections.map((section) => {
    const position = { x: 0, y, w: gridColumns, h: 1 };
    y += position.h;
    const panels = linesOf(section.panels).flatMap((line) => {
      const placed = placeLine(line, y);
      y += placed[0]?.position.h ?? 0;
      return placed;
    });
    return { section, position, panels };
  });
}
