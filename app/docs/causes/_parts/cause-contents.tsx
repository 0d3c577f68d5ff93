import type { Cause } from "@/domain/diagnosis/cause";

/** The codes, in the order in which one looks a word up. */
export function CauseContents({ causes }: { causes: Cause[] }) {
  const codes = causes.map(({ code }) => code).toSorted();
  return (
    <ul className="my-1 grid gap-1 border-l border-line pl-3">
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
  );
}
