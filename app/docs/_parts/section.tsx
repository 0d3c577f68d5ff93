import type { ReactNode } from "react";
import { anchor } from "../_markdown/anchor";

/** A part of the page that the contents lead to. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = anchor(title);
  return (
    <section aria-labelledby={id} className="grid gap-4">
      <h2 id={id} className="scroll-mt-6 text-xl">
        <a href={`#${id}`}>{title}</a>
      </h2>
      {children}
    </section>
  );
}
