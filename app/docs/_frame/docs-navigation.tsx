import type { ReactNode } from "react";
import { sitePath } from "../../_components/url/site-path";
import { guideGroups } from "../_guides/guides";

const reference = [
  { path: "/docs", title: "API" },
  { path: "/docs/causes", title: "Causes of failures" },
];

/** Every page of the documentation; below the one that is open, what it has (`children`). */
export function DocsNavigation({ current, children }: { current: string; children?: ReactNode }) {
  const groups = [
    ...guideGroups.map(({ title, guides }) => ({
      title,
      pages: guides.map(({ slug, title }) => ({ path: `/docs/${slug}`, title })),
    })),
    { title: "Reference", pages: reference },
  ];
  return (
    <nav aria-label="Contents" className="grid gap-4 text-sm">
      {groups.map(({ title, pages }) => (
        <div key={title} className="grid gap-1">
          <h2 className="text-xs font-medium text-faint">{title}</h2>
          <ul className="grid gap-0.5">
            {pages.map((page) => (
              <li key={page.path}>
                <a
                  href={sitePath(page.path)}
                  aria-current={page.path === current ? "page" : undefined}
                  className="-mx-2 block rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink"
                >
                  {page.title}
                </a>
                {page.path === current && children}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
