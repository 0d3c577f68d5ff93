import type { ReactNode } from "react";
import { classNames } from "./class-names";

const edges = { bad: "border-bad/40", warn: "border-warn/40" };

/** A framed part of a screen, with a heading when it has a title. */
export function Card({
  title,
  end,
  tone,
  children,
}: {
  title?: ReactNode;
  end?: ReactNode;
  tone?: keyof typeof edges;
  children: ReactNode;
}) {
  return (
    <section
      className={classNames("rounded-[10px] border bg-panel px-4 py-3.5", tone ? edges[tone] : "border-line")}
    >
      {(title || end) && (
        <header className="mb-3 flex min-h-7 flex-wrap items-center gap-2">
          {title && <h2 className="text-[0.875rem]">{title}</h2>}
          <div className="grow" />
          {end}
        </header>
      )}
      {children}
    </section>
  );
}
