import type { ComponentProps } from "react";
import { classNames } from "./class-names";

/** A table in a frame. Its name is read by screen readers; it scrolls sideways inside its own frame. */
export function Table({ label, className, ...props }: { label: string } & ComponentProps<"table">) {
  return (
    <div className="relative overflow-x-auto rounded-[10px] border border-line bg-panel">
      <table
        aria-label={label}
        className={classNames("w-full border-separate border-spacing-0", className)}
        {...props}
      />
    </div>
  );
}

export function HeadCell({ className, ...props }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      className={classNames(
        "border-b border-line bg-sunken px-2.5 py-2 text-left text-xs font-medium whitespace-nowrap text-faint",
        className,
      )}
      {...props}
    />
  );
}

export function Cell({ className, ...props }: ComponentProps<"td">) {
  return (
    <td
      className={classNames(
        "border-b border-line px-2.5 py-2.5 compact:py-1 group-last:border-b-0",
        className,
      )}
      {...props}
    />
  );
}

export function Row({ className, ...props }: ComponentProps<"tr">) {
  return <tr className={classNames("group hover:bg-hover", className)} {...props} />;
}
