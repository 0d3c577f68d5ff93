import type { ReactNode } from "react";
import { Brand } from "../../_components/shell/brand";
import { sitePath } from "../../_components/url/site-path";
import { DocsMenu, DocsMenuButton } from "./docs-menu";
import { DocsNavigation } from "./docs-navigation";
import { DocsSearch } from "./docs-search";

/** A page of the documentation: where one can go, at the left or behind a menu, and the page itself. */
export function DocsFrame({
  current,
  hasMarkdown = true,
  onPage,
  query,
  children,
}: {
  /** The path of the page. */
  current: string;
  /** Whether the page is there in Markdown as well. */
  hasMarkdown?: boolean;
  /** The parts of the page, for the navigation. */
  onPage?: ReactNode;
  /** What was searched for. */
  query?: string;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto max-w-6xl px-4 md:grid md:grid-cols-[14rem_minmax(0,1fr)] md:gap-8 md:px-8">
      <aside
        aria-label="Documentation"
        className="sticky top-0 z-10 -mx-4 border-b border-line bg-bg px-4 py-2 md:mx-0 md:h-dvh md:overflow-y-auto md:border-b-0 md:px-0 md:py-6"
      >
        <div className="flex items-center gap-3 md:grid md:gap-4 md:pr-2">
          <a href={sitePath("/")} aria-label="Fanfare: to the dashboard">
            <Brand />
          </a>
          <DocsSearch query={query} />
          <DocsMenuButton />
        </div>
        <DocsMenu>
          <DocsNavigation current={current}>{onPage}</DocsNavigation>
        </DocsMenu>
      </aside>
      <main className="grid max-w-3xl min-w-0 grid-cols-[minmax(0,1fr)] gap-4 py-6">
        {children}
        {hasMarkdown && (
          <p className="mt-8 border-t border-line pt-3 text-sm">
            <a href={sitePath(`${current}.md`)} className="text-muted underline">
              This page in Markdown
            </a>
          </p>
        )}
      </main>
    </div>
  );
}
