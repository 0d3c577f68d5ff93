import { pageGroups, type Site } from "../_pages/pages";

export type Found = { path: string; page: string; title: string; excerpt: string };

const most = 30;

/** The parts of the documentation that hold all words of a query, those with them in their title first. */
export function findInDocs(query: string, site: Site): Found[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const holdsAll = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const found = pageGroups(site)
    .flatMap(({ pages }) => pages)
    .flatMap((page) =>
      page.parts
        .filter(({ title, text }) => holdsAll(`${title} ${text}`))
        .map(({ id, title, text }) => ({
          path: id === "" ? page.path : `${page.path}#${id}`,
          page: page.title,
          title,
          excerpt: excerptOf(text, words),
        })),
    );
  const inTitle = (each: Found) => holdsAll(each.title);
  return [...found.filter(inTitle), ...found.filter((each) => !inTitle(each))].slice(0, most);
}

const around = 80;

/** What stands around the first of the words, without the marks of Markdown. */
function excerptOf(text: string, words: string[]): string {
  const plain = text
    .replaceAll(/^#+ .*$/gm, "")
    .replaceAll(/```\w*|[`*|]|-{3,}/g, " ")
    .replaceAll(/\]\([^)\n]{0,300}\)|\[/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();
  const at = Math.max(0, ...words.slice(0, 1).map((word) => plain.toLowerCase().indexOf(word)));
  const from = Math.max(0, at - around);
  const to = at + 2 * around;
  return `${from > 0 ? "…" : ""}${plain.slice(from, to)}${to < plain.length ? "…" : ""}`;
}
