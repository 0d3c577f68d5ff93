import { pageGroups, type Site } from "./pages";

/** What programs that read for people begin with: https://llmstxt.org */
export function llmsText(site: Site): string {
  const sections = pageGroups(site).map(({ title, pages }) => {
    const links = pages.map((page) => `- [${page.title}](${site.publicUrl}${page.path}.md): ${page.summary}`);
    return `## ${title}\n\n${links.join("\n")}`;
  });
  const parts = [
    "# Fanfare",
    "> Webhooks that a platform's customers can trust, and see through: every event arrives at least once, signed, and every attempt is on record.",
    `The REST API as OpenAPI 3.1: ${site.publicUrl}/openapi.json. Every page below is Markdown; without \`.md\` it is for people.`,
    ...sections,
  ];
  return `${parts.join("\n\n")}\n`;
}
