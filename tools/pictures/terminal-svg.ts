/** Geometry of a terminal in a 13 px monospaced font; a character is 0.6 em wide. */
const font = { size: 13, advance: 7.8, line: 19 } as const;
const padding = 18;
const titleBar = 34;

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** A picture of a terminal as SVG: lines that begin with `$ ` are commands, the others what they print. */
export function terminalSvg(title: string, lines: readonly string[]): string {
  const columns = Math.max(...lines.map((line) => line.length), title.length + 12);
  const width = Math.ceil(columns * font.advance + 2 * padding);
  const height = titleBar + lines.length * font.line + 2 * padding;
  const rows = lines.map((line, index) => {
    const y = titleBar + padding + index * font.line + font.size;
    return `  <text x="${padding}" y="${y}" class="${line.startsWith("$ ") ? "command" : "output"}">${escaped(line)}</text>`;
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    "  <style>",
    `    text { font: ${font.size}px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre; }`,
    "    .command { fill: #7ee787; } .output { fill: #e6edf3; } .title { fill: #8b949e; }",
    "  </style>",
    `  <rect width="${width}" height="${height}" rx="10" fill="#0d1117"/>`,
    `  <path d="M0 10a10 10 0 0 1 10-10h${width - 20}a10 10 0 0 1 10 10v${titleBar - 10}H0z" fill="#161b22"/>`,
    ...["#ff5f57", "#febc2e", "#28c840"].map(
      (color, index) => `  <circle cx="${padding + 6 + index * 20}" cy="${titleBar / 2}" r="6" fill="${color}"/>`,
    ),
    `  <text x="${width / 2}" y="${titleBar / 2 + 5}" text-anchor="middle" class="title">${escaped(title)}</text>`,
    ...rows,
    "</svg>",
  ].join("\n")}\n`;
}
