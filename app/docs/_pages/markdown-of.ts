import type { DocsPage, Site } from "./pages";

/** A page as one text. Links lead to the Markdown of other pages, and to wherever else with the whole address. */
export function markdownOf({ parts }: DocsPage, { publicUrl }: Site): string {
  const text = parts.map((part) => part.text.trim()).join("\n\n");
  return `${text.replaceAll(
    /\]\((\/[^)#\n]{0,200})(#[^)\n]{0,200})?\)/g,
    (_, path: string, fragment = "") => {
      return `](${publicUrl}${isPage(path) ? `${path}.md` : path}${fragment})`;
    },
  )}\n`;
}

const isPage = (path: string) => path === "/docs" || path.startsWith("/docs/");
