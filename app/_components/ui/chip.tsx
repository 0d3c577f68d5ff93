import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A small word of code: an event type, a count. */
export function Chip({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      className={classNames(
        "inline-block max-w-full truncate rounded-[5px] border border-line-strong px-1.5 font-mono text-xs leading-[1.125rem] text-muted",
        className,
      )}
      {...props}
    />
  );
}
