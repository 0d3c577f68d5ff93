import type { ReactNode } from "react";

/** The first line of a page: what it is, a few words beside it, and what can be done. */
export function PageHeader({
  title,
  beside,
  children,
}: {
  title: ReactNode;
  beside?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <header className="mb-4 flex min-h-8 flex-wrap items-center gap-x-2.5 gap-y-2">
      <h1 className="text-xl tracking-tight">{title}</h1>
      {beside && <span className="text-muted">{beside}</span>}
      <div className="grow" />
      {children}
    </header>
  );
}
