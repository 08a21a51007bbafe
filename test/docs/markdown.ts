import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(__dirname, "../..");

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  readonly language: string;
  readonly text: string;
}

/** Every page that a user reads. */
export const pages: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

export const textOf = (page: string): string => readFileSync(join(root, page), "utf8");

/** The fenced blocks of all pages in a language. */
export const blocks = (language: string): readonly Block[] =>
  pages.flatMap((page) =>
    [...textOf(page).matchAll(/^```(\w+)\n(.*?)^```$/gms)]
      .map(([, found = "", text = ""]) => ({ page, language: found, text }))
      .filter((block) => block.language === language),
  );
