import type { ReactNode } from "react";
import { CopyButton } from "./copy-button";

/** A frame around code or data in mono. Its name is read by screen readers; `copy` is what its button copies. */
export function CodeFrame({ label, copy, children }: { label: string; copy: string; children: ReactNode }) {
  return (
    <figure aria-label={label} className="relative rounded-[10px] border border-line bg-sunken">
      <pre translate="no" className="px-3 py-2.5 pr-10 text-xs wrap-anywhere whitespace-pre-wrap text-ink">
        {children}
      </pre>
      <div className="absolute top-1 right-1 rounded-md bg-sunken">
        <CopyButton text={copy} label={`Copy ${label.toLowerCase()}`} />
      </div>
    </figure>
  );
}
