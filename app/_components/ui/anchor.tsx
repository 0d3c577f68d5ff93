import type { ComponentProps, RefObject } from "react";

/**
 * Lies over a button while something opens at it. Radix places what it opens at a trigger of its own, which comes with
 * its code: this is one that nobody sees, where the button is that was there before.
 */
export function Anchor({ over, ...props }: { over: RefObject<HTMLElement | null> } & ComponentProps<"span">) {
  const place = over.current?.getBoundingClientRect();
  return (
    <span
      {...props}
      aria-hidden
      tabIndex={-1}
      style={{
        position: "fixed",
        pointerEvents: "none",
        left: place?.left,
        top: place?.top,
        width: place?.width,
        height: place?.height,
      }}
    />
  );
}
