/** A link of a page of Markdown to a place in the same documentation. */
export interface Link {
  /** As it is written. */
  readonly text: string;
  /** Path of the page, relative to the one with the link; empty for the same page. */
  readonly path: string;
  /** Anchor of a heading, without its `#`. */
  readonly anchor?: string;
}

/** Fenced blocks and code in a line hold no links. */
const withoutCode = (page: string): string => page.replace(/^```.*?^```$/gms, "").replace(/`[^`\n]*`/g, "");

/** The links of a page that do not leave the documentation. */
export const linksOf = (page: string): readonly Link[] =>
  [...withoutCode(page).matchAll(/\]\((?![a-z]+:)([^)\s]+)\)/g)].map(([, text = ""]) => {
    const [path = "", anchor] = text.split("#");
    return { text, path, ...(anchor === undefined ? {} : { anchor }) };
  });

/** The anchors of a page's headings, as GitHub makes them: small letters, no punctuation, hyphens for blanks. */
export const anchorsOf = (page: string): readonly string[] =>
  [...page.replace(/^```.*?^```$/gms, "").matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(" ", "-"),
  );
