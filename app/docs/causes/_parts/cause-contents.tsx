import type { Cause } from "@/domain/diagnosis/cause";
import { sitePath } from "../../../_components/url/site-path";

/** The codes, beside the page, in the order in which one looks a word up. */
export function CauseContents({ causes }: { causes: Cause[] }) {
  const codes = causes.map(({ code }) => code).toSorted();
  return (
    <nav aria-label="Contents" className="hidden md:block">
      <div className="sticky top-6 grid max-h-[calc(100vh-3rem)] gap-4 overflow-y-auto pb-6 text-sm">
        <a href={sitePath("/")} className="text-base font-semibold">
          Fanfare
        </a>
        <ul className="grid gap-1 border-l border-line pl-3">
          {codes.map((code) => (
            <li key={code}>
              <a
                href={`#${code}`}
                translate="no"
                className="font-mono text-xs wrap-anywhere text-muted hover:text-ink"
              >
                {code}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
