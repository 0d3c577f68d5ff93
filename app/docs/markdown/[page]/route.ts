import { siteOf } from "@/domain/network/site";
import { runtime } from "@/server/process/runtime";
import { markdownOf } from "../../_pages/markdown-of";
import { pageGroups } from "../../_pages/pages";

export const dynamic = "force-dynamic";

/** A page of the documentation in Markdown, at the page's own path with `.md`: see next.config.mjs. */
export async function GET({ headers }: Request, { params }: { params: Promise<{ page: string }> }) {
  const { version, env } = runtime();
  const site = { version, publicUrl: siteOf(env, headers) };
  const { page: name } = await params;
  const path = name === "docs" ? "/docs" : `/docs/${name}`;
  const page = pageGroups(site)
    .flatMap(({ pages }) => pages)
    .find((each) => each.path === path);
  if (!page) return new Response("There is no such page.\n", { status: 404 });
  return new Response(markdownOf(page, site), {
    headers: { "content-type": "text/markdown; charset=utf-8" },
  });
}
