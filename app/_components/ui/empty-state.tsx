import type { ReactNode } from "react";

/** What a list says while it is empty: what will be here, and how to get it. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="rounded-[10px] border border-dashed border-line-strong px-5 py-10">
      <div className="mx-auto grid max-w-2xl gap-3">
        <h2 className="text-lg tracking-tight">{title}</h2>
        {children && <div className="grid gap-3 text-muted">{children}</div>}
        {action && <div className="flex flex-wrap gap-2 pt-1">{action}</div>}
      </div>
    </div>
  );
}
