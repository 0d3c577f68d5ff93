import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const looks = {
  plain: "border-line-strong bg-panel text-ink hover:bg-hover",
  primary: "border-ink bg-ink text-bg hover:opacity-90",
  accent: "border-accent-solid bg-accent-solid text-white hover:opacity-90",
  danger: "border-bad-solid bg-bad-solid text-white hover:opacity-90",
  quiet: "border-transparent bg-transparent text-muted hover:bg-hover hover:text-ink",
};

const sizes = {
  medium: "h-8 px-3",
  small: "h-7 px-2.5 text-sm",
  icon: "size-8 justify-center",
};

export type ButtonProps = ComponentProps<"button"> & {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  /** Lends its looks to the child, a link for example. */
  asChild?: boolean;
};

/** A button; `aria-busy` dims it while its work is under way. */
export function Button({ look = "plain", size = "medium", asChild, className, type, ...props }: ButtonProps) {
  const Element = asChild ? Slot.Root : "button";
  return (
    <Element
      type={asChild ? undefined : (type ?? "button")}
      className={classNames(
        "inline-flex shrink-0 items-center gap-1.5 rounded-md border font-medium whitespace-nowrap transition-colors",
        "disabled:cursor-not-allowed disabled:opacity-50 aria-busy:opacity-70 data-pressed:opacity-70",
        looks[look],
        sizes[size],
        className,
      )}
      {...props}
    />
  );
}
