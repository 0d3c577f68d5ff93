import type { OpenApi } from "@/server/api/openapi/types";
import { anchor } from "../_markdown/anchor";
import { FieldTable } from "./field-table";
import { fieldsOf } from "./fields";
import { Section } from "./section";

/** The shapes that calls answer with. */
export function Objects({ document }: { document: OpenApi }) {
  return (
    <Section title="Objects">
      {Object.entries(document.components.schemas).map(([name, schema]) => (
        <article key={name} aria-labelledby={anchor(name)} className="grid gap-3 border-t border-line pt-5">
          <h3 id={anchor(name)} className="scroll-mt-6 text-lg">
            {name}
          </h3>
          <FieldTable label={name} fields={fieldsOf(schema, document)} />
        </article>
      ))}
    </Section>
  );
}
