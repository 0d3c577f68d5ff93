import type { ReactNode } from "react";

/** The frame around lines of a difference. */
export function ChangedLines({ label, children }: { label: string; children: ReactNode }) {
  return (
    <figure aria-label={label}>
      <pre
        translate="no"
        className="overflow-hidden rounded-[10px] border border-line bg-sunken py-2 text-xs wrap-anywhere whitespace-pre-wrap"
      >
        {children}
      </pre>
    </figure>
  );
}
