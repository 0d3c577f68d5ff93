import { type Schema, schemaWords } from "@/app/_components/schema/schema";

/** The fields of an object as a tree: name, type, whether it is always there, and what it means. */
export function SchemaTree({ schema }: { schema: Schema }) {
  return (
    <ul className="grid gap-1.5">
      {Object.entries(schema.properties ?? {}).map(([name, field]) => (
        <li key={name}>
          <span translate="no" className="mono font-medium">
            {name}
          </span>{" "}
          <span translate="no" className="mono wrap-anywhere text-accent">
            {schemaWords(field)}
          </span>{" "}
          {!schema.required?.includes(name) && <span className="text-xs text-faint">optional</span>}
          {field.description && <span className="block text-sm text-muted">{field.description}</span>}
          {field.properties && (
            <div className="mt-1.5 border-l border-line pl-3">
              <SchemaTree schema={field} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
