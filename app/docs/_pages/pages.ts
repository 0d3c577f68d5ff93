import { lexer } from "marked";
import { causes } from "@/domain/diagnosis/causes";
import { hints } from "@/domain/diagnosis/hints";
import { openApiDocument } from "@/server/api/openapi/document";
import { expand } from "../_guides/expand";
import type { Guide } from "../_guides/guide";
import { guideGroups } from "../_guides/guides";
import { anchor } from "../_markdown/anchor";
import { referenceParts } from "../_parts/reference-parts";
import { agentCauses } from "../causes/_parts/agent-causes";
import { causeParts } from "../causes/_parts/cause-parts";
import type { Part } from "./part";

export type DocsPage = { path: string; title: string; summary: string; parts: Part[] };
export type Site = { version: string; publicUrl: string };

let made: { site: Site; groups: { title: string; pages: DocsPage[] }[] } | undefined;

/** Every page of the documentation in Markdown, as the navigation groups them: made once for an address. */
export function pageGroups(site: Site): { title: string; pages: DocsPage[] }[] {
  if (made?.site.version !== site.version || made.site.publicUrl !== site.publicUrl) {
    made = { site, groups: makeGroups(site) };
  }
  return made.groups;
}

function makeGroups(site: Site) {
  const guides = guideGroups.map(({ title, guides }) => ({
    title,
    pages: guides.map((guide) => guidePage(guide, site.publicUrl)),
  }));
  return [...guides, { title: "Reference", pages: referencePages(site) }];
}

function guidePage({ slug, title, summary, text }: Guide, publicUrl: string): DocsPage {
  return { path: `/docs/${slug}`, title, summary, parts: partsOf(expand(text, publicUrl)) };
}

const referencePages = (site: Site): DocsPage[] => [
  {
    path: "/docs",
    title: "API",
    summary: "Every call of the REST API, with what it takes and answers.",
    parts: referenceParts(openApiDocument(site)),
  },
  {
    path: "/docs/causes",
    title: "Causes of failures",
    summary: "Why deliveries fail: every cause that a diagnosis names, and what to do.",
    parts: causeParts([...causes, ...agentCauses, ...hints]),
  },
];

/** A text by its headings. */
function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  for (const token of lexer(text)) {
    if (token.type === "heading") parts.push({ id: anchor(token.text), title: token.text, text: "" });
    const part = parts.at(-1);
    if (part) part.text += token.raw;
  }
  return parts;
}
