import type { ReactNode } from "react";

/** A key of the keyboard. Hidden from screen readers: the shortcut sheet says it in words. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd
      translate="no"
      aria-hidden
      className="hidden rounded border border-current/35 px-1 font-mono text-[0.6875rem] leading-4 sm:inline-block"
    >
      {children}
    </kbd>
  );
}
