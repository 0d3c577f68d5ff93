import type { ReactNode } from "react";

/** A name that means something to programs: a translated page shows it as it is. */
export function Untranslated({ children }: { children: ReactNode }) {
  return <span translate="no">{children}</span>;
}
