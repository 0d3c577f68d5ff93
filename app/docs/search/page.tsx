import type { Metadata } from "next";
import { headers } from "next/headers";
import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";
import { sitePath } from "../../_components/url/site-path";
import { DocsFrame } from "../_frame/docs-frame";
import { findInDocs } from "../_search/find";

export const metadata: Metadata = { title: "Search the documentation" };

/** Where the documentation says something, the best first. */
export default async function SearchPage({
  searchParams,
}: {
  searchParams: Promise<{ q?: string | string[] }>;
}) {
  const query = [(await searchParams).q ?? ""].flat()[0] ?? "";
  const { version, env } = runtime();
  const found = findInDocs(query, { version, publicUrl: siteOf(env, await headers()) });
  return (
    <DocsFrame current="/docs/search" hasMarkdown={false} query={query}>
      <h1 className="text-xl">Search the documentation</h1>
      {query !== "" && (
        <p className="text-muted">
          {found.length === 0
            ? `Nothing holds all of “${query}”. Try fewer words, or a code as it is written.`
            : `${found.length} ${found.length === 1 ? "place holds" : "places hold"} “${query}”.`}
        </p>
      )}
      <ul className="grid gap-3">
        {found.map(({ path, page, title, excerpt }) => (
          <li key={path} className="grid gap-0.5">
            <a href={sitePath(path)} className="font-medium text-accent underline">
              {title}
            </a>
            <span className="text-xs text-faint">{page}</span>
            <span className="text-sm wrap-anywhere text-muted">{excerpt}</span>
          </li>
        ))}
      </ul>
    </DocsFrame>
  );
}
