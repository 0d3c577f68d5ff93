import type { ComponentProps } from "react";
import { classNames } from "./class-names";

const box =
  "w-full rounded-md border border-line-strong bg-panel px-2.5 text-ink placeholder:text-faint aria-invalid:border-bad disabled:opacity-60 -outline-offset-1";

export function Input({ mono, className, ...props }: ComponentProps<"input"> & { mono?: boolean }) {
  return <input className={classNames(box, "h-8", mono && "mono", className)} {...props} />;
}

export function Textarea({ mono, className, ...props }: ComponentProps<"textarea"> & { mono?: boolean }) {
  return (
    <textarea className={classNames(box, "py-1.5", mono && "mono leading-[1.15rem]", className)} {...props} />
  );
}
